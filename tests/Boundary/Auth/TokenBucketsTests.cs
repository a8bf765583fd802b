using Outrider.Api.Auth;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Auth;

public sealed class TokenBucketsTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void Take_BurstThenRate_AsLongAsTokensAreThere()
    {
        var buckets = new TokenBuckets(perSecond: 2, burst: 3, maxKeys: 10, _time);

        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => buckets.Take("a")));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(buckets.Take("a"));
        Assert.NotNull(buckets.Take("a"));
    }

    [Fact]
    public void Take_LongIdle_FillsToTheBurstOnly()
    {
        var buckets = new TokenBuckets(perSecond: 2, burst: 3, maxKeys: 10, _time);
        buckets.Take("a");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => buckets.Take("a") is null));
    }

    [Fact]
    public void Peek_EmptyBucket_TellsAndTakesNothing()
    {
        var buckets = new TokenBuckets(perSecond: 1, burst: 1, maxKeys: 10, _time);

        Assert.Null(buckets.Peek("a"));
        Assert.Null(buckets.Peek("a"));
        Assert.Null(buckets.Take("a"));
        Assert.NotNull(buckets.Peek("a"));
    }

    [Fact]
    public void Take_MoreKeysThanAreKept_ShareOneBucketUntilSomeAreIdle()
    {
        var buckets = new TokenBuckets(perSecond: 1, burst: 1, maxKeys: 2, _time);
        buckets.Take("a");
        buckets.Take("b");

        Assert.Null(buckets.Take("c"));
        Assert.NotNull(buckets.Take("d"));
        Assert.NotNull(buckets.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(buckets.Take("e"));
        Assert.Null(buckets.Take("f"));
    }
}
