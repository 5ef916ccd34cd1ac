"""Many cases: read one after another, assessed by an executor, written in the order they came.

A case is held in memory only while it is on its way, so that there may be any number of them.
"""
