"""What holds for every test: nothing is asserted of how long anything took."""

from hypothesis import settings

settings.register_profile("noisy machines", deadline=None)
settings.load_profile("noisy machines")
