using System.Text.Json;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>
/// Who may do what, decided here for every front door. The platform role stands apart: it manages tenants and sees nothing of theirs.
/// </summary>
public static class Permissions
{
    private static readonly Role[] s_viewer = [Role.Viewer, Role.Operator, Role.Admin];
    private static readonly Role[] s_operator = [Role.Operator, Role.Admin];
    private static readonly Role[] s_admin = [Role.Admin];
    private static readonly Role[] s_adminAndPlatform = [Role.Admin, Role.Platform];
    private static readonly Role[] s_platform = [Role.Platform];

    /// <summary>Permission → the roles that have it, the least of a tenant's first.</summary>
    public static IReadOnlyDictionary<Permission, Role[]> Roles { get; } = new Dictionary<Permission, Role[]>
    {
        [Permission.AgentsRead] = s_viewer,
        [Permission.AgentsManage] = s_admin,
        [Permission.AgentSettingsRead] = s_viewer,
        [Permission.AgentSettingsManage] = s_admin,
        [Permission.MetricsRead] = s_viewer,
        [Permission.MetricsManage] = s_admin,
        [Permission.AlertsRead] = s_viewer,
        [Permission.AlertsAcknowledge] = s_operator,
        [Permission.RulesManage] = s_admin,
        [Permission.SilencesManage] = s_operator,
        [Permission.ChannelsManage] = s_admin,
        [Permission.ChannelsTest] = s_operator,
        [Permission.SecretsManage] = s_admin,
        [Permission.DiagnosesRead] = s_viewer,
        [Permission.DiagnosesRun] = s_operator,
        [Permission.SqlRun] = s_operator,
        [Permission.TasksRead] = s_viewer,
        [Permission.TasksRun] = s_operator,
        [Permission.TasksApprove] = s_operator,
        [Permission.TasksDelete] = s_admin,
        [Permission.TaskSettingsRead] = s_viewer,
        [Permission.TaskSettingsManage] = s_admin,
        [Permission.FilesRead] = s_viewer,
        [Permission.FilesManage] = s_operator,
        [Permission.FilesDeleteAny] = s_admin,
        [Permission.AuditRead] = s_adminAndPlatform,
        [Permission.TenantRead] = s_viewer,
        [Permission.TenantCredentialsManage] = s_adminAndPlatform,
        [Permission.UsersManage] = s_adminAndPlatform,
        [Permission.TenantsManage] = s_platform,
        [Permission.PlatformUsersManage] = s_platform,
        [Permission.ClusterRead] = s_platform,
    };

    private static readonly Dictionary<Role, IReadOnlyList<string>> s_names = Enum.GetValues<Role>().ToDictionary(
        role => role,
        IReadOnlyList<string> (role) => [.. Enum.GetValues<Permission>().Where(permission => Roles[permission].Contains(role)).Select(NameOf)]);

    /// <summary>Null if the caller's role has this permission, else <c>forbidden</c>.</summary>
    public static Problem? Require(Caller caller, Permission permission)
    {
        var roles = Roles[permission];
        if (roles.Contains(caller.Role))
            return null;
        return new Problem(ProblemCodes.Forbidden, (caller.Role, roles[0]) switch
        {
            (Role.Platform, _) => "The platform manages tenants only. Use an API key or a user of the tenant.",
            (_, Role.Platform) => "This needs the platform key, or the session of a platform user.",
            var (has, needed) =>
                $"This needs the role {NameOf(needed)}; the key or session in use has {NameOf(has)}. Ask an admin of the tenant for another.",
        });
    }

    /// <summary>What a role may do, by the names of <see cref="NameOf(Permission)"/>.</summary>
    public static IReadOnlyList<string> NamesOf(Role role) => s_names[role];

    /// <summary>A permission as the API and the documents call it, such as <c>agents_read</c>.</summary>
    public static string NameOf(Permission permission) => JsonNamingPolicy.SnakeCaseLower.ConvertName(permission.ToString());

    private static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
