"""`python -m esar.kernel.wording`: compile the catalogues after a change of a .po file."""

from esar.kernel.wording.compiling import compile_all

if __name__ == "__main__":
    compile_all()
