"""The foreword of a year's budget report: written by one co-chair, printed once a co-chair of the other side agrees."""
