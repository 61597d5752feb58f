// Gets the text of a code from the camera, a picture or a statement's file; nothing leaves the browser here.
var YidangScanner = (function () {
  "use strict";
  const WIDEST = 1600;

  function read(source, width, height) {
    const scale = Math.min(1, WIDEST / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext("2d");
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = jsQR(pixels.data, canvas.width, canvas.height);
    return found ? found.data : "";
  }

  function fromPicture(file) {
    return new Promise((resolve, reject) => {
      const address = URL.createObjectURL(file);
      const picture = new Image();
      picture.onload = () => {
        URL.revokeObjectURL(address);
        resolve(read(picture, picture.naturalWidth, picture.naturalHeight));
      };
      picture.onerror = () => {
        URL.revokeObjectURL(address);
        reject(new Error("no picture"));
      };
      picture.src = address;
    });
  }

  function fromFile(file) {
    if (/^image\//.test(file.type)) return fromPicture(file);
    if (file.type === "application/pdf" && typeof YidangCopy !== "undefined") return YidangCopy.fromFile(file);
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = reject;
      reader.readAsText(file);
    });
  }

  // Calls `found` once with the text; gives back a function that stops the camera.
  function fromCamera(video, found, failed) {
    let stream = null;
    let isOver = false;

    function stop() {
      isOver = true;
      video.hidden = true;
      if (stream) stream.getTracks().forEach((track) => track.stop());
    }

    function look() {
      if (isOver) return;
      const text = video.readyState >= 2 && video.videoWidth ? read(video, video.videoWidth, video.videoHeight) : "";
      if (text) {
        stop();
        found(text);
      } else {
        setTimeout(look, 200);
      }
    }

    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
      failed();
      return stop;
    }
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      (opened) => {
        stream = opened;
        if (isOver) return stop();
        video.srcObject = opened;
        video.hidden = false;
        video.play();
        return look();
      },
      () => {
        stop();
        failed();
      }
    );
    return stop;
  }

  // The three ways in, on any page that has the elements; `take` gets the text, `fail` the name of what went wrong.
  function attach(take, fail) {
    const camera = document.getElementById("use-camera");
    const picker = document.getElementById("statement-file");
    const video = document.getElementById("camera");
    let stop = null;
    camera.addEventListener("click", () => {
      if (stop) {
        stop();
        stop = null;
        return;
      }
      stop = fromCamera(video, take, () => {
        stop = null;
        fail("camera");
      });
    });
    picker.addEventListener("change", () => {
      if (!picker.files.length) return;
      fromFile(picker.files[0]).then((text) => (text ? take(text) : fail("picture")), () => fail("picture"));
    });
  }

  return { attach: attach, read: read, fromPicture: fromPicture };
})();
