"""What a PDF says of itself: that it is PDF/A-2a and PDF/UA-1 at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import Document

VARIANT = "pdf/a-2a"
# PDF/A knows no property of PDF/UA; it wants the schema of what it does not know (ISO 19005-2, 6.6.2.3.3).
_UNIVERSAL = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def claim_both(document: Document) -> None:
    """Make the document, which is written as PDF/A, say that it is PDF/UA too."""
    made = document.metadata.generate_rdf_metadata

    def generate(variant: str, version: int, conformance: str | None) -> bytes:
        return bytes(made(variant, version, conformance)).replace(b"</rdf:RDF>", _UNIVERSAL)

    document.metadata.generate_rdf_metadata = generate


def draw_plainly(pdf: PDF) -> None:
    """Without smoothing of images between their points, which PDF/A forbids: that in an SVG has no style."""
    for thing in pdf.objects:
        if getattr(thing, "extra", {}).get("Interpolate"):
            thing.extra["Interpolate"] = "false"
