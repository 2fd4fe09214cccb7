"""How we compare: with the other companies here, with published figures, and inside.

Each part of the page is built by itself, so that what stands in a tab is asked for when it is
opened.
"""

from leverage.figures.sectors.inside import Inside, inside
from leverage.figures.sectors.overview import Sectors, sectors
from leverage.figures.sectors.published import Published, References, club, references
from leverage.figures.sectors.routing import Routing, routing
from leverage.figures.sectors.traits import Traits, traits
from leverage.figures.sectors.work import Profile, profile

__all__ = [
    "Inside",
    "Profile",
    "Published",
    "References",
    "Routing",
    "Sectors",
    "Traits",
    "club",
    "inside",
    "profile",
    "references",
    "routing",
    "sectors",
    "traits",
]
