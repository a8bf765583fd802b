using Outrider.Api.Auth;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Documents;

namespace Outrider.Tests.Pure.Auth;

public sealed class PermissionsTests
{
    [Fact]
    public void Table_EachPermission_IsInItAndRolesBuildOnEachOther()
    {
        Assert.Equal(Enum.GetValues<Permission>(), Permissions.Roles.Keys.Order());
        Assert.All(Permissions.Roles.Values, roles =>
        {
            Assert.NotEmpty(roles);
            Assert.Equal(roles.Order().Distinct(), roles);
            // Who may do it among a tenant's roles: one of them and all above.
            Assert.Equal(Enum.GetValues<Role>().Where(role => role >= roles[0] && role < Role.Platform), roles.Where(role => role < Role.Platform));
        });
    }

    [Fact]
    public void Documentation_Matrix_IsTheTable() => Assert.Equal(
        Permissions.Roles.Select(row => $"{Permissions.NameOf(row.Key)}: {string.Join(", ", row.Value)}").Order(),
        RightsPage.Table("Permissions").Select(row => $"{row.Key}: {string.Join(", ", Enum.GetValues<Role>().Where(role => row.Value[(int)role] == "yes"))}").Order());

    [Fact]
    public void NamesOf_EachRole_AreTheSnakeCaseNamesOfWhatItMay()
    {
        Assert.Equal("agents_read", Permissions.NamesOf(Role.Viewer)[0]);
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.Equal(
                Enum.GetValues<Permission>().Where(permission => Permissions.Require(new Caller("acme", "k", role), permission) is null).Select(Permissions.NameOf),
                Permissions.NamesOf(role));
        }
        Assert.Equal(
            ["audit_read", "tenant_credentials_manage", "users_manage", "tenants_manage", "platform_users_manage", "cluster_read"],
            Permissions.NamesOf(Role.Platform));
    }

    [Theory]
    [InlineData(Role.Viewer, Permission.SqlRun, "needs the role operator; the key or session in use has viewer.")]
    [InlineData(Role.Operator, Permission.AuditRead, "needs the role admin; the key or session in use has operator.")]
    [InlineData(Role.Admin, Permission.TenantsManage, "needs the platform key, or the session of a platform user.")]
    [InlineData(Role.Platform, Permission.AgentsRead, "manages tenants only. Use an API key or a user of the tenant.")]
    public void Require_NotAllowed_SaysWhatIsNeeded(Role role, Permission permission, string message)
    {
        var problem = Permissions.Require(new Caller("acme", "k", role), permission);
        Assert.Equal(ProblemCodes.Forbidden, problem?.Code);
        Assert.Contains(message, problem!.Message);
    }
}
