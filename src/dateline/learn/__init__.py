"""Training of the learned coder on coded articles (the extra ``train``); nothing here is needed to code."""
