"""What the interface calls the events, permissions and pages of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {
    "place.made": _("Place made"),
    "box.made": _("Boxes made"),
    "box.moved": _("Box moved"),
    "box.closed": _("Box taken out of use"),
    "paper.boxed": _("Paper put into a box"),
    "paper.unboxed": _("Paper taken from its box for good"),
    "paper.taken_out": _("Paper taken out"),
    "paper.put_back": _("Paper put back"),
    "stock.opened": _("Stock-taking opened"),
    "stock.scanned": _("Labels scanned"),
    "stock.compared": _("Count compared with the books"),
    "stock.settled": _("Difference settled"),
    "stock.closed": _("Stock-taking closed"),
    "zone.entered": _("Room entered"),
    "zone.left": _("Room left"),
    "sensor.made": _("Sensor made known"),
    "sensor.token_renewed": _("Token of a sensor renewed"),
    "sensor.switched_on": _("Sensor switched on"),
    "sensor.switched_off": _("Sensor switched off"),
    "climate.alarm_raised": _("Climate alarm raised"),
    "climate.alarm_acknowledged": _("Climate alarm acknowledged"),
    "climate.alarm_escalated": _("Climate alarm escalated"),
    "climate.alarm_ended": _("Climate alarm ended"),
    "round.begun": _("Round begun"),
    "round.answered": _("Point of a round answered"),
    "round.found": _("Fault found on a round"),
    "round.finished": _("Round finished"),
    "round.cured": _("Fault cured"),
}

PERMISSIONS = {Permission.SEE_STOREROOM: _("See storeroom, climate and rounds")}

GROUP = _("Storeroom")
PLACES, BOXES = _("Places"), _("Boxes")
STOCK, REGISTER = _("Stock-taking"), _("Entry register")
CLIMATE, ROUNDS = _("Climate"), _("Rounds")
