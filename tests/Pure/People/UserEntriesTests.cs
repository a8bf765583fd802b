using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.People;

public sealed class UserEntriesTests
{
    private static readonly List<UserEntry> s_users =
        [new("ada", Role.Admin, true, "ada@acme.example"), new("bob", Role.Viewer, true, null), new("eve", Role.Admin, false, null)];

    [Theory]
    [InlineData(Role.Viewer, true)]
    [InlineData(Role.Operator, true)]
    [InlineData(Role.Admin, false)]
    public void Put_LastAdminLoweredOrDisabled_ConflictsUnlessThePlatformDoesIt(Role role, bool enabled)
    {
        var entry = new UserEntry("ada", role, enabled, null);

        Assert.Equal(ProblemCodes.Conflict, UserEntries.Put(s_users, entry, guarded: true).Problem!.Code);
        Assert.Contains(entry, UserEntries.Put(s_users, entry, guarded: false).Value!);
    }

    [Fact]
    public void Remove_LastAdmin_ConflictsUnlessThereIsAnother()
    {
        Assert.Equal(ProblemCodes.Conflict, UserEntries.Remove(s_users, "ada", guarded: true).Problem!.Code);

        var two = UserEntries.Put(s_users, new UserEntry("bob", Role.Admin, true, null), guarded: true).Value!;
        Assert.Equal(["bob", "eve"], UserEntries.Remove(two, "ada", guarded: true).Value!.Select(user => user.Name));
    }

    [Fact]
    public void Put_WithoutAnyAdmin_IsNotHeldUpByThat() =>
        Assert.True(UserEntries.Put([new("bob", Role.Viewer, true, null)], new("bob", Role.Operator, true, null), guarded: true).Ok);

    [Theory]
    [InlineData("ada@acme.example", false)]
    [InlineData("Ada@Acme.Example", false)]
    [InlineData("bob@acme.example", true)]
    public void Put_IdentityOfAnother_Conflicts(string identity, bool ok) =>
        Assert.Equal(ok, UserEntries.Put(s_users, new UserEntry("bob", Role.Viewer, true, identity), guarded: true).Ok);

    [Fact]
    public void Put_OneTooMany_IsAQuota()
    {
        var full = Enumerable.Range(0, UserEntries.Max).Select(i => new UserEntry($"user{i:D4}", Role.Viewer, true, null)).ToList();

        Assert.Equal(ProblemCodes.QuotaExceeded, UserEntries.Put(full, new UserEntry("zoe", Role.Viewer, true, null), guarded: true).Problem!.Code);
        Assert.True(UserEntries.Put(full, full[7] with { Role = Role.Operator }, guarded: true).Ok);
    }

    [Fact]
    public void PutAndRemove_InAnyOrder_KeepNamesInOrderAndOnce() => Prop.ForAll<NonEmptyArray<byte>>(steps =>
    {
        var users = new List<UserEntry>();
        foreach (var step in steps.Get)
        {
            var name = $"user{step / 2}";
            users = (step % 2 == 0 ? UserEntries.Put(users, new UserEntry(name, Role.Viewer, true, null), true) : UserEntries.Remove(users, name, true)).Value!;
        }
        var names = users.Select(user => user.Name).ToList();
        return names.SequenceEqual(names.Distinct().Order(StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();
}
