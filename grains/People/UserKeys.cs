using Outrider.Grains.People.Rules;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Credentials;

namespace Outrider.Grains.People;

/// <summary>The keys of users and of their directories: of a tenant under its id, of the platform under <see cref="Platform"/>.</summary>
public static class UserKeys
{
    /// <summary>Stands in place of a tenant, and can't be one's id.</summary>
    public const string Platform = "~";

    /// <summary>The key of <see cref="IUserDirectory"/>.</summary>
    /// <param name="tenant">Empty for the platform.</param>
    public static string Directory(string tenant) => tenant.Length == 0 ? Platform : tenant;

    /// <summary>The key of <see cref="IUser"/>.</summary>
    /// <param name="tenant">Empty for the platform.</param>
    public static string User(string tenant, string name) => GrainKeys.Join(Directory(tenant), name);

    /// <summary>The tenant of a directory's key: empty for the platform; null where there can be no users.</summary>
    public static string? Tenant(string directory) => directory == Platform ? "" : Names.IsTenant(directory) ? directory : null;

    /// <summary>Whether there can be such a user.</summary>
    /// <param name="tenant">Empty for the platform.</param>
    public static bool CanBe(string tenant, string name) => (tenant.Length == 0 || Names.IsTenant(tenant)) && UserRules.IsName(name);
}
