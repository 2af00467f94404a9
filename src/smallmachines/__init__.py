"""Small machines: learning machines that are small enough to read in class.

Every machine here has one engine inside, `counting`: count, and step back when you have not seen it.
They really learn from the data you hand them; no answer, right or wrong, is written into the program.
Choose the language of the machines' own sentences in the first cell of your notebook:

>>> import smallmachines
>>> smallmachines.language("ja")
'ja'

Left out on purpose: speed, long texts, and everything that needs more than the standard library.
"""

from smallmachines.words import language

__all__ = ["__version__", "language"]
__version__ = "0.1.0"
