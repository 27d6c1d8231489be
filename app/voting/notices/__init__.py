"""The mail «a ballot was received from you»: without content, and late enough that it tells nobody when it was cast."""
