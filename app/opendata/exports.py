"""The catalog as machines read it: DCAT's words in JSON-LD, with a hash where a file has one."""

import json
from typing import Any

from flask import url_for

from app.core.addresses import whole
from app.opendata.queries import files_of, license_
from app.opendata.rules import LICENSES, Dataset, File, known
from app.opendata.words import DATASETS

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
}
SHA256 = {"@id": "spdx:checksumAlgorithm_sha256"}


def catalog_json() -> str:
    """Every data set with its description, license, data dictionary and files."""
    license_url = LICENSES[license_()]
    catalog = {
        "@context": CONTEXT,
        "@id": whole(url_for("opendata.index")),
        "@type": "dcat:Catalog",
        "dct:title": "Lamplight: open data",
        "dct:license": {"@id": license_url},
        "foaf:homepage": {"@id": whole("/")},
        "dcat:dataset": [_dataset(each, license_url) for each in DATASETS.values()],
    }
    return json.dumps(catalog, indent=1, ensure_ascii=False) + "\n"


def _dataset(each: Dataset, license_url: str) -> dict[str, Any]:
    page = whole(url_for("opendata.show", name=each.name.value))
    facts = {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": each.name.value,
        "dct:title": str(each.title),
        "dct:description": str(each.text),
        "dct:license": {"@id": license_url},
        "dct:conformsTo": {"@id": each.standard_url} if each.standard_url else None,
        "dcat:landingPage": {"@id": page},
        "foaf:page": {"@id": f"{page}#dictionary"},
        "dcat:distribution": [_distribution(file, license_url) for file in files_of(each.name)],
    }
    return known(facts)


def _distribution(file: File, license_url: str) -> dict[str, Any]:
    checksum = {"@type": "spdx:Checksum", "spdx:algorithm": SHA256, "spdx:checksumValue": file.hash}
    facts = {
        "@type": "dcat:Distribution",
        "dct:title": file.title,
        "dcat:downloadURL": {"@id": file.url},
        "dcat:mediaType": file.media_type,
        "dct:license": {"@id": license_url},
        "spdx:checksum": checksum if file.hash else None,
    }
    return known(facts)
