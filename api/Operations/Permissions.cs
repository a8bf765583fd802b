using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Which role an operation needs. The platform role stands apart: it manages tenants and sees nothing of theirs.</summary>
public static class Permissions
{
    /// <summary>Null if the caller belongs to a tenant with at least this role, else <c>forbidden</c>.</summary>
    public static Problem? Require(Caller caller, Role role) => (caller.Role, role) switch
    {
        (Role.Platform, Role.Platform) => null,
        (Role.Platform, _) => new(ProblemCodes.Forbidden, "The platform key manages tenants only. Use an API key of the tenant."),
        (_, Role.Platform) => new(ProblemCodes.Forbidden, "This needs the platform key."),
        _ when caller.Role >= role => null,
        _ => new(ProblemCodes.Forbidden,
            $"This needs the role {Name(role)}; the key in use has {Name(caller.Role)}. Ask an admin of the tenant for another key."),
    };

    private static string Name(Role role) => role.ToString().ToLowerInvariant();
}
