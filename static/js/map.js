// Maps to move about in. Without this file the same map is a drawing, and a spot is chosen by square or coordinates.
const L = window.L;
for (const room of document.querySelectorAll("[data-map]")) if (L) begin(room);

async function begin(room) {
  const words = room.dataset;
  let outlines;
  try {
    const answer = await fetch(words.outlines);
    if (!answer.ok) return;
    outlines = await answer.json();
  } catch {
    return;
  }
  if (!outlines.features.length) return;
  const drawing = room.querySelector("[data-squares]") ?? room.querySelector(".ll-map");
  const ground = document.createElement("div");
  ground.className = "ll-live__ground";
  ground.setAttribute("role", "application");
  ground.setAttribute("aria-label", words.label);
  drawing.before(ground);
  if (drawing.dataset.squares) fold(drawing);
  else drawing.hidden = true;

  const map = L.map(ground, { attributionControl: false, zoomControl: false, zoomSnap: 0.25 });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  const areas = L.geoJSON(outlines, { style: { color: "#1d2a44", weight: 1.5, fillColor: "#ffc65c", fillOpacity: words.tiles ? 0.08 : 0.25 }, interactive: false }).addTo(map);
  for (const layer of areas.getLayers()) {
    layer.bindTooltip(text(layer.feature.properties.name), { permanent: true, direction: "center", opacity: 0.85 });
  }
  map.fitBounds(areas.getBounds(), { animate: false, padding: [15, 15] }); // room for a spot on the very edge
  map.setMaxBounds(areas.getBounds().pad(0.5));
  const tiles = words.tiles && lay(room, map, words.tiles);
  if (words.map === "pick") pick(room, map, tiles);
  else show(map);
}

// Squares stay for those who would rather choose from a list, below the map.
function fold(squares) {
  const folded = document.createElement("details");
  folded.className = "govuk-details";
  folded.open = Boolean(squares.dataset.open);
  const summary = document.createElement("summary");
  summary.className = "govuk-details__summary";
  summary.append(text(squares.dataset.squares));
  squares.before(folded);
  folded.append(summary, squares);
}

function text(words) {
  const made = document.createElement("span");
  made.textContent = words;
  return made;
}

function lay(room, map, address) {
  room.querySelector("[data-credit]").hidden = false;
  return L.tileLayer(address, { maxZoom: 19 }).addTo(map);
}

function mark(name, label) {
  return { icon: L.divIcon({ className: "ll-live__spot", html: text(label), iconSize: [26, 26] }), title: name, alt: name };
}

// The spots that the list on this page tells; choosing one leads to its line. The keyboard goes through the list itself.
function show(map) {
  const spots = [...document.querySelectorAll("[data-spot]")].map((line) => {
    const [longitude, latitude] = line.dataset.spot.split(",").map(Number);
    const link = line.querySelector("a");
    const spot = L.marker([latitude, longitude], { ...mark(line.dataset.name, line.dataset.mark), interactive: Boolean(link), keyboard: false }).addTo(map);
    if (link) spot.on("click", () => link.focus());
    return spot;
  });
  if (spots.length === 1) map.setView(spots[0].getLatLng(), Math.min(map.getZoom() + 1, 17), { animate: false });
}

// Marking a spot: by a click, by dragging, or by the button that takes the middle of the map, for the keyboard.
function pick(room, map, tiles) {
  const words = room.dataset;
  const form = room.closest("form");
  const typed = room.querySelector("input[name$='point']");
  const square = room.querySelector("select[name$='square']");
  const hidden = form.querySelector("input[name$='is_private']");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const here = document.createElement("button");
  here.type = "button";
  here.className = "govuk-button govuk-button--secondary ll-button--secondary";
  here.textContent = words.here;
  const middle = document.createElement("span");
  middle.className = "ll-live__middle";
  map.getContainer().append(middle);
  map.getContainer().after(here, said);
  let spot;

  function put(at) {
    if (spot) spot.setLatLng(at);
    else {
      spot = L.marker(at, { ...mark(words.marked, ""), draggable: true, keyboard: false }).addTo(map);
      spot.on("dragend", () => choose(spot.getLatLng()));
    }
  }
  function choose(at) {
    put(at);
    typed.value = `${at.lat.toFixed(5)}, ${at.lng.toFixed(5)}`;
    square.value = "";
    said.textContent = `${words.marked} ${typed.value}`;
  }
  function read() {
    const [latitude, longitude] = typed.value.split(/[,; ]+/).map(Number);
    if (typed.value && Number.isFinite(latitude) && Number.isFinite(longitude)) put([latitude, longitude]);
  }
  // Whoever draws the tiles is not to learn which part of the map is looked at for a private address.
  function hide() {
    if (!tiles) return;
    if (hidden.checked) tiles.remove();
    else tiles.addTo(map);
  }
  map.on("click", (event) => choose(event.latlng));
  here.addEventListener("click", () => choose(map.getCenter()));
  typed.addEventListener("change", read);
  hidden.addEventListener("change", hide);
  read();
  hide();
}
