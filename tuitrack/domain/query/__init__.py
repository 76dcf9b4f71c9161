"""The language in which a queue is asked for: words, fields and their values, joined by and, or and not.

broken router                words, the last one perhaps unfinished     "not working"     a phrase
status:open,waiting          one of these values                        -owner:none       not
due<3d  received:mon..fri    days, ranges, comparisons                  (a or b) c        or, grouping
is:overdue  has:phone        what a case is and has                     sort:newest       the order
at:"fri 17:00"               all of it as it was at a moment that has passed
"""
