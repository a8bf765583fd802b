using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Metrics;

public sealed class SeenBatchesTests
{
    private static Arbitrary<List<(string Boot, ulong Seq)>> Batches => Gen.ListOf(
        from boot in Gen.Elements("x", "y")
        from seq in Gen.OneOf(Gen.Choose(1, 20).Select(n => (ulong)n), Gen.Elements(ulong.MaxValue, ulong.MaxValue - 1))
        select (boot, seq)).Select(list => list.ToList()).ToArbitrary();

    [Fact]
    public void Contains_AfterAnyOrder_IsASet() => Prop.ForAll(Batches, batches =>
    {
        var seen = SeenBatches.None;
        foreach (var (boot, seq) in batches)
            seen = SeenBatches.Read(seen.With(boot, seq, now: 5)!.ToBytes());
        foreach (var boot in new[] { "x", "y", "z" })
        {
            foreach (var seq in Enumerable.Range(0, 23).Select(n => (ulong)n).Append(ulong.MaxValue).Append(ulong.MaxValue - 1))
                Assert.Equal(batches.Contains((boot, seq)), seen.Contains(boot, seq));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToBytes_ManyInARow_StaysAFewBytes()
    {
        var seen = SeenBatches.None;
        for (var seq = 10_000UL; seq > 0; seq--)
            seen = seen.With("boot", seq, now: 1_700_000_000_000)!;
        Assert.InRange(seen.ToBytes().Length, 1, 20);
    }

    [Fact]
    public void With_BootsOfOneBatch_ForgetsThemAfterAnHourAndOthersNot()
    {
        var one = BatchNames.BootOf([1, 2, 3]);
        Assert.NotEqual(one, BatchNames.BootOf([1, 2, 4]));
        var seen = SeenBatches.None.With(one, 1, now: 0)!.With("boot", 1, now: 0)!;
        Assert.True(seen.With("new", 1, SeenBatches.OneKeptMs)!.Contains(one, 1));
        seen = seen.With("new", 1, SeenBatches.OneKeptMs + 1)!;
        Assert.Equal((false, true), (seen.Contains(one, 1), seen.Contains("boot", 1)));
    }

    [Fact]
    public void With_ABootSilentForAWeek_ForgetsIt()
    {
        var seen = SeenBatches.None.With("old", 1, now: 0)!;
        Assert.True(seen.With("new", 1, now: SeenBatches.KeptMs)!.Contains("old", 1));
        Assert.False(seen.With("new", 1, now: SeenBatches.KeptMs + 1)!.Contains("old", 1));
    }

    [Fact]
    public void With_TooManyBootsOrGaps_StaysBounded()
    {
        var boots = SeenBatches.None;
        for (var i = 0; i <= SeenBatches.MaxBoots; i++)
            boots = boots.With($"{i}", 1, now: i)!;
        Assert.False(boots.Contains("0", 1));
        Assert.True(boots.Contains("1", 1));
        var gaps = SeenBatches.None;
        for (var i = 1UL; i <= SeenBatches.MaxRanges; i++)
            gaps = gaps.With("x", 2 * i, now: 0)!;
        Assert.Null(gaps.With("x", 2 * SeenBatches.MaxRanges + 2, now: 0));
        Assert.NotNull(gaps.With("x", 3, now: 0));
    }

    [Fact]
    public void Read_MutatedBytes_AnswersOrRefuses()
    {
        var mutator = new Mutator(seed: 20261120);
        var whole = SeenBatches.None.With("boot-1", 3, 1_700_000_000_000)!.With("boot-1", 9, 1_700_000_000_000)!.With("b", 1, 9)!.ToBytes();
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            try
            {
                SeenBatches.Read(i % 2 == 0 ? mutator.Next() : mutator.Mutate(whole)).Contains("b", 1);
            }
            catch (FormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1_000, 9_999);
    }
}
