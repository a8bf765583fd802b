using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.People;

public sealed class UserSessionsTests
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string s_hash = new('a', 64);

    [Fact]
    public void Open_OneTooMany_EndsTheOldest()
    {
        List<UserSession> sessions = [];
        for (var i = 0; i <= UserSessions.MaxLive; i++)
            sessions = Open(sessions, $"s{i}", s_at.AddMinutes(i));

        Assert.Equal(UserSessions.MaxLive, sessions.Count(session => session.IsLive(s_at.AddHours(1))));
        Assert.Equal(ProblemCodes.SessionOver, UserSessions.Authenticate(sessions, "s0", s_hash, s_at.AddHours(1)).Problem!.Code);
        Assert.True(UserSessions.Authenticate(sessions, "s1", s_hash, s_at.AddHours(1)).Ok);
    }

    [Fact]
    public void Open_AgainAndAgain_RemembersAFewEndedOnes()
    {
        List<UserSession> sessions = [];
        for (var i = 0; i < 100; i++)
            sessions = Open(sessions, $"s{i}", s_at.AddMinutes(i));

        Assert.Equal(UserSessions.MaxLive + UserSessions.KeptEnded, sessions.Count);
    }

    [Theory]
    [InlineData("s", 'b')]
    [InlineData("other", 'a')]
    public void Authenticate_WrongIdOrSecret_IsUnknownWhateverElse(string id, char secret)
    {
        var sessions = UserSessions.End(Open([], "s", s_at), _ => true, s_at);

        Assert.Equal(UserSessions.Unknown, UserSessions.Authenticate(sessions, id, new string(secret, 64), s_at).Problem);
    }

    [Fact]
    public void Authenticate_UnusedForADay_IsOver()
    {
        var sessions = Open([], "s", s_at);

        Assert.True(UserSessions.Authenticate(sessions, "s", s_hash, s_at.AddHours(24).AddTicks(-1)).Ok);
        Assert.Equal(ProblemCodes.SessionOver, UserSessions.Authenticate(sessions, "s", s_hash, s_at.AddHours(24)).Problem!.Code);
    }

    [Fact]
    public void See_UsedEveryHour_LastsSevenDays()
    {
        var sessions = Open([], "s", s_at);
        var at = s_at;
        while (UserSessions.Authenticate(sessions, "s", s_hash, at) is { Ok: true } session)
        {
            sessions = UserSessions.See(sessions, session.Value, at);
            at = at.AddHours(1);
        }
        Assert.Equal(s_at.AddDays(7), at);
    }

    [Fact]
    public void See_UsedJustNow_NotesNothing()
    {
        var sessions = Open([], "s", s_at);

        Assert.Same(sessions, UserSessions.See(sessions, sessions[0], s_at.AddMinutes(4)));
        Assert.Equal(s_at.AddMinutes(5), UserSessions.See(sessions, sessions[0], s_at.AddMinutes(5))[0].LastSeenAt);
    }

    private static List<UserSession> Open(List<UserSession> sessions, string id, DateTimeOffset at) =>
        UserSessions.Open(sessions, id, s_hash, new SessionOrigin("127.0.0.1", "test"), at);
}
