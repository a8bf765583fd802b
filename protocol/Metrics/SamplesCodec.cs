using System.Buffers;

namespace Outrider.Protocol.Metrics;

/// <summary>
/// The samples of a batch: the different lists of times once (a collector measures all its series at one time), then which series has
/// which of them, in runs, then all values.
/// </summary>
internal static class SamplesCodec
{
    public static void Write(IBufferWriter<byte> to, IReadOnlyList<SeriesSamples> series)
    {
        var timelines = new List<IReadOnlyList<Sample>>();
        var positions = new Dictionary<IReadOnlyList<Sample>, int>(SameTimes.Comparer);
        var timelineOf = new int[series.Count];
        for (var i = 0; i < timelineOf.Length; i++)
        {
            var samples = series[i].Samples;
            // 0 is no sample at all.
            if (samples.Count > 0 && !positions.TryGetValue(samples, out timelineOf[i]))
            {
                timelines.Add(samples);
                positions.Add(samples, timelineOf[i] = timelines.Count);
            }
        }
        var writer = new BatchWriter(to);
        WriteTimelines(writer, timelines);
        for (int start = 0, i = 1; i <= timelineOf.Length; i++)
        {
            if (i < timelineOf.Length && timelineOf[i] == timelineOf[start])
                continue;
            writer.Unsigned((ulong)(i - start));
            writer.Unsigned((ulong)timelineOf[start]);
            start = i;
        }
        foreach (var (_, samples) in series)
        {
            for (var i = 0; i < samples.Count; i++)
            {
                if (i == 0)
                    writer.Value(samples[i].Value);
                else
                    writer.Value(samples[i].Value, samples[i - 1].Value);
            }
        }
    }

    public static void Read(ReadOnlySpan<byte> block, int seriesCount, SampleColumns to)
    {
        var reader = new BatchReader(block);
        var timelines = ReadTimelines(ref reader);
        // The runs are read twice, so that the number of samples is known before room for them is made.
        var runs = reader;
        long total = 0;
        for (var series = 0; series < seriesCount;)
        {
            var (length, timeline) = ReadRun(ref reader, seriesCount - series, timelines.Length);
            series += length;
            total += (long)length * timelines[timeline].Length;
        }
        if (total > MetricLimits.Samples)
            throw new FormatException($"it has {total} samples; at most {MetricLimits.Samples} are allowed");
        if (total > reader.Remaining)
            throw new FormatException("it ends in the middle");
        to.Reset((int)total, out var seriesOf, out var times, out var values);
        for (int series = 0, at = 0; series < seriesCount;)
        {
            var (length, index) = ReadRun(ref runs, seriesCount - series, timelines.Length);
            var timeline = timelines[index];
            for (var end = series + length; series < end; series++)
            {
                for (var i = 0; i < timeline.Length; i++, at++)
                {
                    seriesOf[at] = series;
                    times[at] = timeline[i];
                    values[at] = i == 0 ? reader.Value() : reader.Value(values[at - 1]);
                }
            }
        }
        reader.End();
    }

    private static void WriteTimelines(BatchWriter writer, List<IReadOnlyList<Sample>> timelines)
    {
        writer.Unsigned((ulong)timelines.Count);
        long before = 0;
        foreach (var timeline in timelines)
        {
            writer.Unsigned((ulong)timeline.Count);
            foreach (var (time, _) in timeline)
            {
                writer.Signed(time - before);
                before = time;
            }
        }
    }

    /// <summary>The lists of times; the first, of length 0, is that of a series without samples.</summary>
    private static long[][] ReadTimelines(ref BatchReader reader)
    {
        var timelines = new long[1 + reader.Count(MetricLimits.Series, "lists of times")][];
        timelines[0] = [];
        long before = 0, total = 0;
        for (var i = 1; i < timelines.Length; i++)
        {
            timelines[i] = new long[reader.Count(MetricLimits.Samples, "times")];
            total += timelines[i].Length;
            if (timelines[i].Length == 0 || total > MetricLimits.Samples)
                throw new FormatException("a list of its times is empty, or they are too many");
            foreach (ref var time in timelines[i].AsSpan())
                time = before = reader.Time(since: before);
        }
        return timelines;
    }

    private static (int Length, int Timeline) ReadRun(ref BatchReader reader, int seriesLeft, int timelines)
    {
        var length = reader.Unsigned();
        if (length == 0 || length > (ulong)seriesLeft)
            throw new FormatException("its runs don't cover its series");
        return ((int)length, reader.Index(timelines, "list of times"));
    }

    /// <summary>Takes lists of samples for equal when their times are.</summary>
    private sealed class SameTimes : IEqualityComparer<IReadOnlyList<Sample>>
    {
        public static SameTimes Comparer { get; } = new();

        public bool Equals(IReadOnlyList<Sample>? x, IReadOnlyList<Sample>? y) =>
            x!.Count == y!.Count && x.Select(sample => sample.Time).SequenceEqual(y.Select(sample => sample.Time));

        public int GetHashCode(IReadOnlyList<Sample> samples)
        {
            var hash = new HashCode();
            foreach (var (time, _) in samples)
                hash.Add(time);
            return hash.ToHashCode();
        }
    }
}
