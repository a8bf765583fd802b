using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Tenancy;

public sealed class QueryCountTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 31, 23, 59, 30, TimeSpan.Zero);
    private static readonly QueryCount s_none = new("", 0, 0);

    [Fact]
    public void Add_FirstQuery_ReservesAhead()
    {
        var count = s_none.Add(1, quota: null, s_at).Value!;

        Assert.Equal(new QueryCount("2026-01", 1, 1 + QueryCount.MaxAhead), count);
    }

    [Fact]
    public void Add_WithinReservation_NeedsNoSave()
    {
        var first = s_none.Add(1, quota: null, s_at).Value!;
        var last = Enumerable.Range(0, QueryCount.MaxAhead).Aggregate(first, (count, _) => count.Add(1, null, s_at).Value!);

        Assert.Equal(first.Reserved, last.Reserved);
        Assert.Equal(last.Used, last.Reserved);
        Assert.True(last.Add(1, null, s_at).Value!.Reserved > last.Reserved);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(10, 11, false)]
    [InlineData(0, 1, false)]
    [InlineData(null, int.MaxValue, true)]
    public void Add_AgainstQuota_FitsOrNot(int? quota, int queries, bool fits) =>
        Assert.Equal(fits, s_none.Add(queries, quota, s_at).Ok);

    [Fact]
    public void Add_BeyondQuota_SaysWhenTheMonthEnds()
    {
        var problem = s_none.Add(1, quota: 0, s_at).Problem!;

        Assert.Equal(ProblemCodes.QuotaExceeded, problem.Code);
        Assert.Equal(30, problem.RetryAfterSeconds);
    }

    [Fact]
    public void Add_NewMonth_StartsFromNothing()
    {
        var full = s_none.Add(5, quota: 5, s_at).Value!;

        Assert.False(full.Add(1, 5, s_at).Ok);
        Assert.Equal("2026-02", full.Add(1, 5, s_at.AddSeconds(30)).Value!.Month);
        Assert.Equal(1, full.Add(1, 5, s_at.AddSeconds(30)).Value!.Used);
    }

    [Fact]
    public void Add_InAnotherZone_CountsInUtc() =>
        Assert.Equal("2026-01", s_none.Add(1, null, new DateTimeOffset(2026, 2, 1, 1, 0, 0, TimeSpan.FromHours(2))).Value!.Month);

    /// <summary>Any run of queries and crashes: nothing counted is forgotten, at most 100 per crash too many, the quota never passed.</summary>
    [Fact]
    public void Add_AnyRunWithCrashes_NeverForgetsAndNeverPassesTheQuota()
    {
        var steps = Gen.Choose(0, 40).ListOf().Zip(Gen.Choose(0, 3000)).ToArbitrary();
        Prop.ForAll(steps, run =>
        {
            var (queries, quota) = run;
            var (count, counted, crashes) = (new QueryCount(QueryCount.MonthOf(s_at), 0, 0), 0L, 0);
            foreach (var step in queries)
            {
                if (step == 0)
                {
                    count = count with { Used = count.Reserved };
                    crashes++;
                }
                else if (count.Add(step, quota, s_at) is { Ok: true } added)
                {
                    count = added.Value;
                    counted += step;
                }
            }
            return count.Used >= counted && count.Used <= counted + (crashes * QueryCount.MaxAhead)
                && count.Used <= quota && count.Reserved <= quota && count.Reserved >= count.Used;
        }).QuickCheckThrowOnFailure();
    }
}
