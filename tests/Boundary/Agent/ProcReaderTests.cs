using Outrider.Agent.Collectors;

namespace Outrider.Tests.Boundary.Agent;

public sealed class ProcReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(0)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(100_000)]
    [InlineData(ProcReader.MaxBytes)]
    public void TryRead_AFileOfAnyLength_GivesItWhole(int length)
    {
        var written = new byte[length];
        Random.Shared.NextBytes(written);
        File.WriteAllBytes(_file, written);
        var reader = new ProcReader();
        Assert.True(reader.TryRead(_file, out var read));
        Assert.Equal(written, read.ToArray());
        Assert.True(reader.TryRead(_file, out read));
        Assert.Equal(written, read.ToArray());
    }

    [Fact]
    public void TryRead_LongerThanMayBe_IsCut()
    {
        File.WriteAllBytes(_file, new byte[ProcReader.MaxBytes + 1]);
        Assert.True(new ProcReader().TryRead(_file, out var read));
        Assert.Equal(ProcReader.MaxBytes, read.Length);
    }

    [Fact]
    public void TryRead_NoFile_IsFalse() => Assert.False(new ProcReader().TryRead(_file + ".gone", out _));
}
