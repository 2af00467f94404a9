"""Small machines: learning machines that are small enough to read in class.

Every machine here has one engine inside, `counting`: count, and step back when you have not seen it.
They really learn from the data you hand them; no answer, right or wrong, is written into the program.
The first cell of a notebook chooses the language in which the machines, and Python's errors, speak:

>>> import smallmachines
>>> smallmachines.start("ja")

Left out on purpose: speed, long texts, and everything that needs more than the standard library.
"""

from smallmachines.kind import start
from smallmachines.words import language

__all__ = ["__version__", "language", "start"]
__version__ = "0.1.0"
