"""The supervisor's review: remarks, signatures, scorecards, replay. Values in, values out.

It knows no store, no screen and no file of a person: the rooms above hand it what they keep.
"""
