using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Bench.Metrics;

/// <summary>The chunk codec alone, on one core: 32 series of two hours a chunk.</summary>
internal static class CodecBench
{
    private const int Series = 32;
    private const int Chunks = 400;

    public static void Run()
    {
        var data = new MetricData(1, Series).Next(1_763_596_800_000, 720);
        var columns = data.Select(one =>
        {
            var its = new Columns(1);
            foreach (var (time, value) in one.Samples)
                its.Add(time, value);
            return its;
        }).ToArray();
        var writer = new ChunkWriter();
        byte[] Encode()
        {
            for (var i = 0; i < Series; i++)
                writer.Add(i, columns[i]);
            return writer.Finish();
        }
        var reader = new ChunkReader();
        var read = new Columns(1);
        void Decode(byte[] chunk)
        {
            reader.Open(chunk);
            for (var i = 0; i < Series; i++)
                reader.Read(i, read);
        }
        var chunk = Encode();
        for (var i = 0; i < Chunks; i++)
            Decode(Encode());
        // CPU time, not the clock's: others may use the machine.
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Chunks; i++)
            Encode();
        var encode = Environment.CpuUsage.TotalTime - start;
        start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Chunks; i++)
            Decode(chunk);
        var decode = Environment.CpuUsage.TotalTime - start;
        var samples = (double)Chunks * Series * 720;
        Console.WriteLine($"codec: encode {samples / encode.TotalSeconds / 1e6:0.0} M samples a CPU second, decode {samples / decode.TotalSeconds / 1e6:0.0} "
            + $"M, {chunk.Length / (Series * 720.0):0.000} bytes a sample");
    }
}
