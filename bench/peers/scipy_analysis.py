"""The same work by scipy, for bench/analysis.ts: reads a request as JSON, answers times and figures as JSON.

Request: {"path": raw little-endian float64, channel after channel, "channels": n, "rate": Hz, "rounds": n}.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy import signal


def ghostly_channel(x, rate):
    b, a = signal.butter(4, 20, "highpass", fs=rate)
    rectified = np.abs(signal.filtfilt(b, a, x))
    b, a = signal.butter(4, 10, "lowpass", fs=rate)
    smooth = signal.filtfilt(b, a, rectified)
    window = int(0.05 * rate)
    envelope = np.convolve(smooth, np.ones(window) / window, "same")
    decided = np.convolve(np.abs(envelope), np.ones(100) / 100, "same")
    above = decided > 0.1 * decided.max()
    edges = np.flatnonzero(np.diff(np.concatenate(([0], above.astype(np.int8), [0]))))
    spectra = [figures(x, rate)]
    length = int(rate)
    for start in range(0, len(x) - length + 1, length // 2):
        spectra.append(figures(x[start : start + length], rate))
    columns = np.array(spectra[1:])
    return {
        "p95": float(np.percentile(envelope, 95)),
        "runs": int(len(edges) // 2),
        "rms": spectra[0][0],
        "meanFrequency": spectra[0][2],
        "medianFrequency": spectra[0][3],
        "dimitrovIndex": spectra[0][4],
        "windowMeans": [float(value) for value in columns.mean(axis=0)],
        "windowSds": [float(value) for value in columns.std(axis=0, ddof=1)],
    }


def figures(x, rate):
    f, p = signal.welch(x, rate, nperseg=256)
    total = p.sum()
    cumulated = np.cumsum(p)
    return (
        float(np.sqrt(np.mean(x * x))),
        float(np.mean(np.abs(x))),
        float((f * p).sum() / total),
        float(f[np.searchsorted(cumulated, 0.5 * total)]),
        float((p[1:] / f[1:]).sum() / (p[1:] * f[1:] ** 5).sum()),
    )


def clinical_channel(x, rate):
    high = min(450, 0.9 * rate / 2)
    band = signal.butter(4, [20, high], "bandpass", fs=rate, output="sos")
    filtered = signal.sosfiltfilt(band, x - x.mean())
    envelopes = [
        signal.sosfiltfilt(signal.butter(2, cutoff, fs=rate, output="sos"), np.abs(filtered)) for cutoff in (6, 30)
    ]
    segment = 2 ** round(np.log2(0.25 * rate))
    signal.welch(filtered, rate, nperseg=segment)
    signal.welch(x, rate, nperseg=2 ** round(np.log2(2 * rate)), noverlap=0)
    np.percentile(envelopes[1], 99)
    return {
        "rms": float(np.sqrt(np.mean(filtered * filtered))),
        "mav": float(np.mean(np.abs(filtered))),
        "peak": float(envelopes[0].max()),
    }


def timed(work, channels, rate, rounds):
    times = []
    result = None
    for _ in range(rounds + 2):
        start = time.perf_counter()
        result = [work(x, rate) for x in channels]
        times.append((time.perf_counter() - start) * 1000)
    return {"ms": sorted(times[2:])[rounds // 2], "channels": result}


def main():
    request = json.load(sys.stdin)
    channels = np.fromfile(request["path"], dtype="<f8").reshape(request["channels"], -1)
    rate, rounds = request["rate"], request["rounds"]
    answer = {
        "versions": f"scipy {scipy.__version__}, NumPy {np.__version__}",
        "ghostly": timed(ghostly_channel, channels, rate, rounds),
        "clinical": timed(clinical_channel, channels, rate, rounds),
    }
    json.dump(answer, sys.stdout)


main()
