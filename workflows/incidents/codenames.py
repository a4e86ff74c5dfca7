"""The two words by which an incident is called where its title may not be read."""

import secrets

from bot.context import Context
from workflows.incidents import tables

# None of them says what happens or to whom, and none is a colour of the Traffic Light Protocol.
_COLOURS = """
    apricot ash azure beige blue bronze cedar cherry chestnut clay cobalt copper coral cream crimson
    cyan denim ebony emerald flax frost ginger gold granite grey hazel honey indigo ivory jade khaki
    lavender lemon lilac lime linen magenta maple marble mint moss mustard navy ochre olive opal
    orange pearl pine plum quartz ruby russet rust saffron sage sand scarlet silver slate teal
    umber velvet violet walnut willow
"""
_CREATURES = """
    albatross antelope avocet badger beaver bison bittern buzzard camel caribou condor cormorant
    crane curlew deer dipper dolphin dormouse dove egret elk falcon ferret finch fox gannet gazelle
    gecko grouse gull hamster hare hedgehog heron ibex ibis jackdaw kestrel kingfisher koala lapwing
    lark lemur linnet llama lynx magpie marmot marten moose newt nuthatch okapi oriole osprey otter
    owl panda partridge pelican penguin petrel pipit plover puffin quail rabbit raven robin salmon
    seal sparrow squirrel starling stork swallow swan swift tapir tern thrush toucan trout turtle
    walrus warbler wren yak zebra
"""
COLOURS, CREATURES = tuple(_COLOURS.split()), tuple(_CREATURES.split())


def new_codename(ctx: Context) -> str:
    """Return two words that no incident was ever called by; with a number once all are used."""
    used = tables.codenames(ctx.session)
    every = [f"{colour} {creature}" for colour in COLOURS for creature in CREATURES]
    free = [name for name in every if name not in used]
    return secrets.choice(free) if free else f"{secrets.choice(every)} {len(used) + 1}"
