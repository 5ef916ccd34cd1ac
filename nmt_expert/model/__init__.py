"""The frozen records that every other room speaks in; imports nothing of ours.

Knowledge (:mod:`site`, :mod:`finding`, :mod:`rule`, :mod:`question`, :mod:`knowledge`), what is
told of a client (:mod:`case`), what is concluded (:mod:`assessment`), and the error family
(:mod:`errors`).
"""
