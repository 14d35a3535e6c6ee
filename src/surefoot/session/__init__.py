"""One sitting: the loop, the trial, and the frozen picture the views draw."""
