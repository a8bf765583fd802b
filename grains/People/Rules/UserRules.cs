using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People.Rules;

/// <summary>What the fields of a user may hold. Each answer is null, or what is wrong and what to write instead.</summary>
public static class UserRules
{
    public const int MinName = 3;
    public const int MaxName = 50;
    public const int MaxDisplayName = 100;
    public const int MaxIdentity = 254;
    public const int MinPassword = 12;
    public const int MaxPassword = 128;

    /// <summary>A user's name as it is kept: upper and lower case are the same.</summary>
    public static string Normalize(string name) => name.Trim().ToLowerInvariant();

    /// <summary>Whether a name, once normalized, can be a user's.</summary>
    public static bool IsName(string name) => name.Length is >= MinName and <= MaxName && Names.IsAgent(name) && name == Normalize(name);

    public static Problem? CheckName(string name) => IsName(name)
        ? null
        : TenantRules.Invalid($"'{TenantRules.Short(name)}' can't be a user's name: it has {MinName} to {MaxName} letters, digits, '-', '_' or '.', "
            + "beginning with a letter or digit.");

    /// <param name="tenant">Empty for the platform.</param>
    public static Problem? Check(string tenant, UserProfile profile) =>
        CheckRole(tenant, profile.Role) ?? CheckDisplayName(profile.DisplayName) ?? CheckIdentity(profile.Identity);

    /// <param name="tenant">Empty for the platform.</param>
    public static Problem? Check(string tenant, UserUpdate update) =>
        (update.Role is { } role ? CheckRole(tenant, role) : null)
        ?? (update.DisplayName is { } name ? CheckDisplayName(name) : null)
        ?? CheckIdentity(update.Identity);

    public static Problem? CheckPassword(string password, string name) => password switch
    {
        { Length: < MinPassword or > MaxPassword } => TenantRules.Invalid(
            $"A password has {MinPassword} to {MaxPassword} characters; this one has {password.Length}. A few words in a row are easy to remember."),
        _ when password.Trim().Equals(name, StringComparison.OrdinalIgnoreCase) => TenantRules.Invalid("The password must not be the user's name."),
        _ when password.Distinct().Count() < 3 => TenantRules.Invalid("The password repeats one or two characters. Choose another one."),
        _ => null,
    };

    /// <summary>Whether two texts name the same identity: addresses of e-mail in upper or lower case do.</summary>
    public static bool SameIdentity(string? a, string b) =>
        string.Equals(a, b, b.Contains('@', StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static Problem? CheckRole(string tenant, Role role) => (tenant.Length == 0, role) switch
    {
        (true, Role.Platform) or (false, Role.Viewer or Role.Operator or Role.Admin) => null,
        (true, _) => TenantRules.Invalid("The role of a platform user is platform."),
        _ => TenantRules.Invalid("The role must be viewer, operator or admin."),
    };

    private static Problem? CheckDisplayName(string name) => name.Trim().Length is >= 1 and <= MaxDisplayName && !name.Any(char.IsControl)
        ? null
        : TenantRules.Invalid($"display_name must have 1 to {MaxDisplayName} characters, none of them a control character.");

    // "" is how an update takes the identity away.
    private static Problem? CheckIdentity(string? identity) =>
        string.IsNullOrEmpty(identity) || (identity.Length <= MaxIdentity && !identity.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            ? null
            : TenantRules.Invalid($"identity must have at most {MaxIdentity} characters, no blanks: what the sign-in provider calls this user, such as an e-mail address.");
}
