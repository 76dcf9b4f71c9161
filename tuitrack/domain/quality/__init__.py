"""The quality report: what is counted of the cases of a period, against targets and against the period before."""
