using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Tenancy;

public sealed class TenantKeysTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TenantState s_tenant = new() { Enabled = true };
    private static readonly string s_hash = new('a', 64);

    [Fact]
    public void Issue_ThirdLiveKeyOfAName_SaysWhichToRevoke()
    {
        var two = Issue(Issue(s_tenant, "one"), "two");

        var problem = TenantKeys.Issue(two, new ApiKeyRequest("ci", Role.Viewer, null), "three", s_hash, s_at).Problem!;

        Assert.Equal(ProblemCodes.Conflict, problem.Code);
        Assert.Contains("one, two", problem.Message);
        Assert.Contains("Revoke", problem.Message);
    }

    [Fact]
    public void Issue_AfterRevokeOrExpiry_MakesRoom()
    {
        var revoked = TenantKeys.Revoke(Issue(Issue(s_tenant, "one"), "two"), "one", s_at).Value!;
        Assert.True(TenantKeys.Issue(revoked, new ApiKeyRequest("ci", Role.Viewer, null), "three", s_hash, s_at).Ok);

        var expiring = Issue(Issue(s_tenant, "one", s_at.AddDays(1)), "two");
        Assert.True(TenantKeys.Issue(expiring, new ApiKeyRequest("ci", Role.Viewer, null), "three", s_hash, s_at.AddDays(1)).Ok);
    }

    [Theory]
    [InlineData("", Role.Viewer, 1)]
    [InlineData("no spaces", Role.Viewer, 1)]
    [InlineData("ci", Role.Platform, 1)]
    [InlineData("ci", (Role)17, 1)]
    [InlineData("ci", Role.Viewer, 0)]
    [InlineData("ci", Role.Viewer, -1)]
    public void Issue_BadRequest_IsRefused(string name, Role role, int expiresInDays)
    {
        var request = new ApiKeyRequest(name, role, s_at.AddDays(expiresInDays));

        Assert.Equal(ProblemCodes.InvalidArgument, TenantKeys.Issue(s_tenant, request, "id", s_hash, s_at).Problem!.Code);
    }

    [Fact]
    public void Issue_MoreLiveKeysThanATenantMayHave_IsRefused()
    {
        var full = Enumerable.Range(0, TenantKeys.MaxLive).Aggregate(
            s_tenant, (state, i) => TenantKeys.Issue(state, new ApiKeyRequest($"k{i}", Role.Viewer, null), $"id{i}", s_hash, s_at).Value!);

        Assert.Equal(ProblemCodes.Conflict, TenantKeys.Issue(full, new ApiKeyRequest("more", Role.Viewer, null), "id", s_hash, s_at).Problem!.Code);
    }

    [Fact]
    public void Authenticate_UnknownIdAndWrongSecret_AnswerTheSame()
    {
        var tenant = Issue(s_tenant, "one");

        var unknownTenant = TenantKeys.Authenticate(new TenantState(), "one", s_hash, s_at).Problem;
        var unknownId = TenantKeys.Authenticate(tenant, "other", s_hash, s_at).Problem;
        var wrongSecret = TenantKeys.Authenticate(tenant, "one", new string('b', 64), s_at).Problem;
        var disabled = TenantKeys.Authenticate(tenant with { Enabled = false }, "one", new string('b', 64), s_at).Problem;

        Assert.Equal(ProblemCodes.Unauthenticated, unknownTenant!.Code);
        Assert.All([unknownId, wrongSecret, disabled], problem => Assert.Equal(unknownTenant, problem));
    }

    [Fact]
    public void Authenticate_HashOfNobody_IsRefused() =>
        Assert.False(TenantKeys.Authenticate(s_tenant, "one", new string('0', 64), s_at).Ok);

    [Fact]
    public void Authenticate_RightSecret_TellsWhyItIsNotGood()
    {
        var tenant = Issue(s_tenant, "one", s_at.AddDays(1));

        Assert.Equal("one", TenantKeys.Authenticate(tenant, "one", s_hash, s_at).Value!.Id);
        Assert.Contains("expired", TenantKeys.Authenticate(tenant, "one", s_hash, s_at.AddDays(1)).Problem!.Message);
        Assert.Contains("revoked", TenantKeys.Authenticate(
            TenantKeys.Revoke(tenant, "one", s_at).Value!, "one", s_hash, s_at).Problem!.Message);
        Assert.Equal(ProblemCodes.TenantDisabled, TenantKeys.Authenticate(tenant with { Enabled = false }, "one", s_hash, s_at).Problem!.Code);
    }

    [Fact]
    public void Revoke_Twice_KeepsTheFirstTime()
    {
        var once = TenantKeys.Revoke(Issue(s_tenant, "one"), "one", s_at).Value!;

        Assert.Equal(s_at, TenantKeys.Revoke(once, "one", s_at.AddDays(1)).Value!.Keys.Single().RevokedAt);
        Assert.Equal(ProblemCodes.NotFound, TenantKeys.Revoke(once, "other", s_at).Problem!.Code);
    }

    [Fact]
    public void Prune_EndedThirtyDaysAgo_IsForgottenAndLiveOnesStay()
    {
        var tenant = TenantKeys.Revoke(Issue(Issue(s_tenant, "revoked"), "live"), "revoked", s_at).Value!;
        var token = new TenantToken { Id = "t", Hash = s_hash, Patterns = ["*"], CreatedAt = s_at, ExpiresAt = s_at };

        Assert.Equal(2, TenantKeys.Prune(tenant, s_at + TenantKeys.KeepEnded).Keys.Count);
        var later = TenantKeys.Prune(tenant with { Tokens = [token] }, s_at + TenantKeys.KeepEnded + TimeSpan.FromSeconds(1));
        Assert.Equal("live", later.Keys.Single().Id);
        Assert.Empty(later.Tokens);
    }

    private static TenantState Issue(TenantState state, string id, DateTimeOffset? expiresAt = null) =>
        TenantKeys.Issue(state, new ApiKeyRequest("ci", Role.Viewer, expiresAt), id, s_hash, s_at).Value!;
}
