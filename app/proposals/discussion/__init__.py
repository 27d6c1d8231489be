"""Discussion: comments on a proposal with one level of answers, open until its ballot is fixed."""
