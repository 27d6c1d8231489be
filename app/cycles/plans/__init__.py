"""What a cycle asks before its ballot is fixed: short texts, task forces, a prices phase, the council's word."""
