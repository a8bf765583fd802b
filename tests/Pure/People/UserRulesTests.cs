using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Tenancy;

namespace Outrider.Tests.Pure.People;

public sealed class UserRulesTests
{
    [Theory]
    [InlineData("ada", true)]
    [InlineData("ada.lovelace-2_x", true)]
    [InlineData("al", false)]
    [InlineData("Ada", false)]
    [InlineData(".ada", false)]
    [InlineData("ada@acme", false)]
    [InlineData("ada/bob", false)]
    [InlineData("~~~", false)]
    [InlineData("ädä", false)]
    public void IsName_EachForm_IsJudged(string name, bool ok) => Assert.Equal(ok, UserRules.IsName(name));

    [Fact]
    public void IsName_AtItsLongest_IsGood()
    {
        Assert.True(UserRules.IsName(new string('a', UserRules.MaxName)));
        Assert.False(UserRules.IsName(new string('a', UserRules.MaxName + 1)));
    }

    [Theory]
    [InlineData("elevenchars", false)]
    [InlineData("twelve chars", true)]
    [InlineData("countess.ada", false)]
    [InlineData("Countess.Ada", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("abababababababab", false)]
    [InlineData("密码密码密码密码密码密码!!", true)]
    public void CheckPassword_EachForm_IsJudged(string password, bool ok) =>
        Assert.Equal(ok, UserRules.CheckPassword(password, "countess.ada") is null);

    [Fact]
    public void CheckPassword_AtItsLongest_IsGood()
    {
        var longest = string.Concat(Enumerable.Repeat("abcd", 32));
        Assert.Null(UserRules.CheckPassword(longest, "ada"));
        Assert.NotNull(UserRules.CheckPassword(longest + "e", "ada"));
    }

    [Theory]
    [InlineData("", Role.Platform, true)]
    [InlineData("", Role.Admin, false)]
    [InlineData("acme", Role.Admin, true)]
    [InlineData("acme", Role.Platform, false)]
    [InlineData("acme", (Role)17, false)]
    public void Check_EachRole_BelongsToTenantOrPlatform(string tenant, Role role, bool ok) =>
        Assert.Equal(ok, UserRules.Check(tenant, new UserProfile("Ada", role, null)) is null);

    [Theory]
    [InlineData("ada@acme.example", "ADA@acme.example", true)]
    [InlineData("aB12", "Ab12", false)]
    [InlineData("aB12", "aB12", true)]
    [InlineData(null, "aB12", false)]
    public void SameIdentity_AddressesOrNot_AreCompared(string? a, string b, bool same) => Assert.Equal(same, UserRules.SameIdentity(a, b));

    [Theory]
    [InlineData("~", "")]
    [InlineData("acme", "acme")]
    [InlineData("~x", null)]
    [InlineData("a/b", null)]
    public void Tenant_OfADirectory_IsReadBack(string directory, string? tenant) => Assert.Equal(tenant, UserKeys.Tenant(directory));
}
