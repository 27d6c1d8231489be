"""Where projects are, as GeoJSON (RFC 7946): spots that everybody may see, else the outline of the area, else none."""
