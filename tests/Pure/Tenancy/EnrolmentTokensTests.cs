using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Tenancy;

public sealed class EnrolmentTokensTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string s_hash = new('a', 64);

    [Theory]
    [InlineData("prod-*", "prod-1", true)]
    [InlineData("prod-*", "prod-", true)]
    [InlineData("prod-*", "dev-1", false)]
    [InlineData("prod-*", "xprod-1", false)]
    [InlineData("*", "anything.at-all", true)]
    [InlineData("db?", "db1", null)]
    [InlineData("", "db1", null)]
    public void Find_ByPattern_LetsInOrNot(string pattern, string agent, bool? letsIn)
    {
        var issued = EnrolmentTokens.Issue(new TenantState(), new EnrolmentTokenRequest([pattern], null, null), "id", s_hash, s_at);

        Assert.Equal(letsIn is not null, issued.Ok);
        if (letsIn is { } expected)
            Assert.Equal(expected, EnrolmentTokens.Find(issued.Value!, "id", s_hash, agent, s_at).Ok);
    }

    [Fact]
    public void Find_SecondAgentOfASingleUse_IsRefusedAndTheFirstMayAskAgain()
    {
        var state = Use(Token(maxUses: 1), "a");

        Assert.True(EnrolmentTokens.Find(state, "id", s_hash, "a", s_at).Ok);
        Assert.Equal(1, Use(state, "a").Tokens.Single().Uses);
        Assert.Equal(ProblemCodes.EnrolmentRefused, EnrolmentTokens.Find(state, "id", s_hash, "b", s_at).Problem!.Code);
    }

    [Fact]
    public void Find_RevokedAgentOfASingleUse_DoesNotComeBack()
    {
        var state = EnrolmentTokens.Forget(Use(Token(maxUses: 1), "a"), "a");

        Assert.False(EnrolmentTokens.Find(state, "id", s_hash, "a", s_at).Ok);
        Assert.Equal(1, state.Tokens.Single().Uses);
    }

    [Fact]
    public void Find_EndedToken_IsRefused()
    {
        var expiring = Token(expiresAt: s_at.AddHours(1));
        var revoked = EnrolmentTokens.Revoke(Token(), "id", s_at).Value!;

        Assert.True(EnrolmentTokens.Find(expiring, "id", s_hash, "a", s_at).Ok);
        Assert.Contains("expired", EnrolmentTokens.Find(expiring, "id", s_hash, "a", s_at.AddHours(1)).Problem!.Message);
        Assert.Contains("revoked", EnrolmentTokens.Find(revoked, "id", s_hash, "a", s_at).Problem!.Message);
    }

    [Fact]
    public void Find_WrongSecretOrUnknownId_AnswerTheSame()
    {
        var revoked = EnrolmentTokens.Revoke(Token(), "id", s_at).Value!;

        var unknown = EnrolmentTokens.Find(Token(), "other", s_hash, "a", s_at).Problem;
        Assert.Equal(unknown, EnrolmentTokens.Find(revoked, "id", new string('b', 64), "a", s_at).Problem);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(21, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Issue_BadRequest_IsRefused(int patterns, int maxUses, int expiresInHours)
    {
        var request = new EnrolmentTokenRequest([.. Enumerable.Repeat("a*", patterns)], s_at.AddHours(expiresInHours), maxUses);

        Assert.Equal(ProblemCodes.InvalidArgument, EnrolmentTokens.Issue(new TenantState(), request, "id", s_hash, s_at).Problem!.Code);
    }

    private static TenantState Token(int? maxUses = null, DateTimeOffset? expiresAt = null) =>
        EnrolmentTokens.Issue(new TenantState(), new EnrolmentTokenRequest(["*"], expiresAt, maxUses), "id", s_hash, s_at).Value!;

    private static TenantState Use(TenantState state, string agent) =>
        EnrolmentTokens.Use(state, EnrolmentTokens.Find(state, "id", s_hash, agent, s_at).Value!, agent);
}
