using System.Net.Sockets;
using System.Security.Authentication;
using Outrider.Agent.Http;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Executors;

public sealed class HttpFailureTests
{
    public static TheoryData<Exception, string> Failures => new()
    {
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), "can't be reached" },
        { new TaskCanceledException("x", new TimeoutException("no connection in time")), "can't be reached: no connection in time" },
        { new HttpRequestException("x", new AuthenticationException("wrong name")), "can't be trusted: wrong name" },
        { new IOException("cut off"), "did not answer as it should: cut off" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Of_WhatThePlatformThrows_IsAProblemInOurWords(Exception e, string says)
    {
        Assert.True(HttpFailure.Is(e));
        Assert.Equal(ProblemCodes.DatabaseUnreachable, HttpFailure.Of(e, "a:80", ProblemCodes.DatabaseUnreachable).Code);
        Assert.Contains(says, HttpFailure.Of(e, "a:80", ProblemCodes.CommandFailed).Message);
    }

    [Fact]
    public void Of_RefusedHost_IsThePolicysProblem()
    {
        var problem = new Problem(ProblemCodes.PolicyRefused, "no");

        Assert.Same(problem, HttpFailure.Of(new HttpRequestException("x", new HostRefusedException(problem)), "a:80", ProblemCodes.CommandFailed));
    }

    [Fact]
    public void Is_CanceledTask_Not() => Assert.False(HttpFailure.Is(new TaskCanceledException()));
}
