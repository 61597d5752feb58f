"""PREMIS 3: the record's files, what happened to them, who did it."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from yidang.preservation.packages.csip.mets import Told
from yidang.preservation.packages.csip.words import PREMIS, XSI
from yidang.preservation.packages.parcel import Happening, Parcel, Piece


def document(parcel: Parcel, written: Mapping[str, Told]) -> bytes:
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<premis xmlns="{PREMIS}" xmlns:xsi="{XSI}" version="3.0">\n',
        f"<object xsi:type='intellectualEntity'>{_identifier('object', parcel.id)}</object>\n",
    ]
    parts += [_file(piece, written[piece.name]) for piece in parcel.pieces]
    parts += [_event(number, one, parcel) for number, one in enumerate(parcel.happenings, start=1)]
    parts += list(_agents(parcel))
    parts.append("</premis>\n")
    return "".join(parts).encode()


def _identifier(entity: str, value: str, kind: str = "local") -> str:
    return (
        f"<{entity}Identifier><{entity}IdentifierType>{kind}</{entity}IdentifierType>"
        f"<{entity}IdentifierValue>{escape(value)}</{entity}IdentifierValue></{entity}Identifier>"
    )


def _file(piece: Piece, told: Told) -> str:
    registry = (
        "<formatRegistry><formatRegistryName>PRONOM</formatRegistryName>"
        f"<formatRegistryKey>{escape(piece.puid)}</formatRegistryKey></formatRegistry>"
        if piece.puid
        else ""
    )
    title = f"<originalName>{escape(piece.title)}</originalName>" if piece.title else ""
    return (
        f"<object xsi:type='file'>{_identifier('object', told.path)}<objectCharacteristics>"
        "<compositionLevel>0</compositionLevel><fixity><messageDigestAlgorithm>SHA-512</messageDigestAlgorithm>"
        f"<messageDigest>{told.sha512}</messageDigest></fixity><size>{told.size}</size>"
        f"<format><formatDesignation><formatName>{escape(piece.media_type)}</formatName></formatDesignation>{registry}"
        f"</format></objectCharacteristics>{title}</object>\n"
    )


def _event(number: int, one: Happening, parcel: Parcel) -> str:
    detail = (
        f"<eventDetailInformation><eventDetail>{escape(one.detail)}</eventDetail></eventDetailInformation>"
        if one.detail
        else ""
    )
    return (
        f"<event>{_identifier('event', f'event-{number}')}<eventType>{escape(one.type)}</eventType>"
        f"<eventDateTime>{escape(one.at)}</eventDateTime>{detail}"
        f"<eventOutcomeInformation><eventOutcome>{escape(one.outcome)}</eventOutcome></eventOutcomeInformation>"
        f"<linkingAgentIdentifier><linkingAgentIdentifierType>local</linkingAgentIdentifierType>"
        f"<linkingAgentIdentifierValue>{escape(one.agent)}</linkingAgentIdentifierValue></linkingAgentIdentifier>"
        "<linkingObjectIdentifier><linkingObjectIdentifierType>local</linkingObjectIdentifierType>"
        f"<linkingObjectIdentifierValue>{escape(one.object or parcel.id)}</linkingObjectIdentifierValue>"
        "</linkingObjectIdentifier></event>\n"
    )


def _agents(parcel: Parcel) -> Iterator[str]:
    for agent in sorted({one.agent for one in parcel.happenings}):
        kind = "software" if agent.startswith("system:") else "person"
        yield (
            f"<agent>{_identifier('agent', agent)}<agentName>{escape(agent)}</agentName>"
            f"<agentType>{kind}</agentType></agent>\n"
        )
