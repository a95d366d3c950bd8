"""``python -m generator`` is ``taizhang``."""

from generator.app.cli import main

if __name__ == "__main__":
    main()
