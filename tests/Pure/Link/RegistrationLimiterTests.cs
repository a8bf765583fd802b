using System.Net;
using Outrider.Api.Gateway;

namespace Outrider.Tests.Pure.Link;

public sealed class RegistrationLimiterTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RegistrationLimiter _limiter = new(perMinute: 2);

    [Fact]
    public void Wait_AfterTheAllowedFailures_LastsUntilTheMinuteIsOver()
    {
        var address = IPAddress.Parse("192.0.2.1");
        _limiter.Failed(address, s_now);
        Assert.Null(_limiter.Wait(address, s_now));
        _limiter.Failed(address, s_now.AddSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(40), _limiter.Wait(address, s_now.AddSeconds(20)));
        Assert.Null(_limiter.Wait(address, s_now.AddSeconds(60)));
        _limiter.Failed(address, s_now.AddSeconds(61));
        Assert.Null(_limiter.Wait(address, s_now.AddSeconds(61)));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Wait_OfAnotherAddress_CountsByItsNetwork(string failed, string asks, bool waits)
    {
        _limiter.Failed(IPAddress.Parse(failed), s_now);
        _limiter.Failed(IPAddress.Parse(failed), s_now);
        Assert.Equal(waits, _limiter.Wait(IPAddress.Parse(asks), s_now) is not null);
    }
}
