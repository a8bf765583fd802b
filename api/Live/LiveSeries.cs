using Outrider.Protocol.Metrics;

namespace Outrider.Api.Live;

/// <summary>The newest value of a series that somebody looks at. Guarded by its agent's gate.</summary>
internal sealed class LiveSeries(Series series)
{
    public Series Series => series;

    public long Time { get; private set; }

    public double Value { get; private set; }

    /// <summary>How often the value has changed; 0: none is known yet.</summary>
    public long Changes { get; private set; }

    /// <summary>Views that tell of it.</summary>
    public int Views { get; set; }

    /// <summary>Takes a sample in, if it isn't older than the newest one.</summary>
    public void Take(long time, double value)
    {
        if (Changes > 0 && time < Time)
            return;
        if (Changes == 0 || BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(Value))
            Changes++;
        (Time, Value) = (time, value);
    }
}
