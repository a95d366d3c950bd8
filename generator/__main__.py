"""``python -m generator`` is ``taizhang``."""

from generator.cli import main

if __name__ == "__main__":
    main()
