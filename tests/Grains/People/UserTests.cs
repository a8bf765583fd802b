using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.Embedded;
using Outrider.Testing.Hosting;

namespace Outrider.Tests.Grains.People;

public sealed class UserTests : IAsyncLifetime
{
    private static readonly SessionOrigin s_origin = new("127.0.0.1", "test");
    private TestHost _host = null!;

    private IUserDirectory Directory => _host.Host.Grains.Get<IUserDirectory>("acme");

    private IUserDirectory PlatformDirectory => _host.Host.Grains.Get<IUserDirectory>(UserKeys.Platform);

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new GrainRegistry()
        .Add<IUser>("user", a => new User(a.Context, a.State<UserState>()))
        .Add<IUserDirectory>("user_directory", a => new UserDirectory(a.Context, a.State<UserDirectoryState>())),
        change: options => options with { SweepPeriod = TimeSpan.FromMinutes(1) });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Create_Twice_ConflictsAndListsOnce()
    {
        Assert.Equal(Role.Admin, (await CreateAsync("ada", Role.Admin)).Value!.Role);
        Assert.Equal(ProblemCodes.Conflict, (await CreateAsync("ada", Role.Viewer)).Problem!.Code);

        await _host.CrashAsync();
        Assert.Equal(["ada"], await Directory.ListAsync(null, 10));
        Assert.Equal(Role.Admin, (await User("ada").GetAsync()).Value!.Role);
    }

    [Fact]
    public async Task AnyCall_NoSuchUser_StoresNothing()
    {
        Assert.Equal(ProblemCodes.NotFound, (await User("ada").GetAsync()).Problem!.Code);
        Assert.Equal(ProblemCodes.NotFound, (await User("ada").UpdateAsync(new UserUpdate { Enabled = false }, guarded: true)).Problem!.Code);
        Assert.Equal(ProblemCodes.NotFound, (await User("ada").InviteAsync()).Problem!.Code);
        Assert.Equal(ProblemCodes.NotFound, (await User("ada").EndSessionsAsync()).Problem!.Code);
        Assert.Equal(ProblemCodes.InvitationRefused, (await User("ada").AcceptInvitationAsync(new string('a', 64), "hash", s_origin)).Problem!.Code);
        Assert.Equal(UserSessions.Unknown, (await User("ada").AuthenticateAsync("id", new string('a', 64))).Problem);
        for (var i = 0; i < SignInAttempts.Free; i++)
            Assert.Null((await User("ada").BeginSignInAsync()).Value!.PasswordHash);
        Assert.Equal(ProblemCodes.RateLimited, (await User("ada").BeginSignInAsync()).Problem!.Code);

        Assert.Null((await _host.States.ReadAsync("user", "acme/ada", default)));
        Assert.Equal(0, await Directory.CountAsync());
    }

    [Fact]
    public async Task Update_LastAdmin_IsGuardedInTheDirectory()
    {
        await CreateAsync("ada", Role.Admin);
        await CreateAsync("bob", Role.Admin);
        await User("bob").UpdateAsync(new UserUpdate { Enabled = false }, guarded: true);

        Assert.Equal(ProblemCodes.Conflict, (await User("ada").UpdateAsync(new UserUpdate { Role = Role.Viewer }, guarded: true)).Problem!.Code);
        Assert.Equal(ProblemCodes.Conflict, (await User("ada").DeleteAsync(guarded: true)).Problem!.Code);
        Assert.Equal(Role.Admin, (await User("ada").GetAsync()).Value!.Role);
        Assert.True((await User("ada").DeleteAsync(guarded: false)).Ok);
        Assert.Equal(["bob"], await Directory.ListAsync(null, 10));
    }

    [Fact]
    public async Task SignIn_AfterWrongPasswords_WaitsOverACrash()
    {
        await CreateAsync("ada", Role.Viewer, "hash");
        for (var i = 0; i < SignInAttempts.Free; i++)
            Assert.Equal("hash", (await User("ada").BeginSignInAsync()).Value!.PasswordHash);

        await _host.CrashAsync();

        Assert.Equal(30, (await User("ada").BeginSignInAsync()).Problem!.RetryAfterSeconds);
        Assert.Equal(_host.Time.GetUtcNow().AddSeconds(30), (await User("ada").GetAsync()).Value!.LockedUntil);
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await User("ada").BeginSignInAsync()).Ok);
        Assert.Equal(60, (await User("ada").BeginSignInAsync()).Problem!.RetryAfterSeconds);
        _host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.True((await User("ada").BeginSignInAsync()).Ok);
        Assert.True((await User("ada").SignInAsync("hash", null, s_origin)).Ok);
        Assert.Null((await User("ada").GetAsync()).Value!.LockedUntil);
        Assert.True((await User("ada").BeginSignInAsync()).Ok);
    }

    [Fact]
    public async Task SignIn_PasswordChangedMeanwhile_IsRefused()
    {
        await CreateAsync("ada", Role.Viewer, "hash");
        await User("ada").ChangePasswordAsync("hash", "other", "none");

        Assert.Equal(ProblemCodes.Unauthenticated, (await User("ada").SignInAsync("hash", null, s_origin)).Problem!.Code);
        Assert.Equal(ProblemCodes.Conflict, (await User("ada").ChangePasswordAsync("hash", "third", "none")).Problem!.Code);
    }

    [Fact]
    public async Task Session_RoleChanged_HasItAtOnce()
    {
        await CreateAsync("ada", Role.Viewer, "hash");
        var session = await SignInAsync("ada");
        await User("ada").UpdateAsync(new UserUpdate { Role = Role.Operator }, guarded: true);

        Assert.Equal(new Caller("acme", "user:ada", Role.Operator), (await AuthenticateAsync(session)).Value);
    }

    [Fact]
    public async Task Session_UserDisabledInvitedOrDeleted_IsOver()
    {
        await CreateAsync("ada", Role.Viewer, "hash");
        var session = await SignInAsync("ada");
        await User("ada").UpdateAsync(new UserUpdate { Enabled = false }, guarded: true);
        Assert.Equal(ProblemCodes.SessionOver, (await AuthenticateAsync(session)).Problem!.Code);
        Assert.Equal(ProblemCodes.Forbidden, (await User("ada").SignInAsync("hash", null, s_origin)).Problem!.Code);
        Assert.Equal(ProblemCodes.Conflict, (await User("ada").InviteAsync()).Problem!.Code);

        await User("ada").UpdateAsync(new UserUpdate { Enabled = true }, guarded: true);
        session = await SignInAsync("ada");
        Assert.True((await User("ada").InviteAsync()).Ok);
        Assert.Equal(ProblemCodes.SessionOver, (await AuthenticateAsync(session)).Problem!.Code);

        session = await SignInAsync("ada");
        Assert.True((await User("ada").DeleteAsync(guarded: true)).Ok);
        Assert.Equal(UserSessions.Unknown, (await AuthenticateAsync(session)).Problem);
    }

    [Fact]
    public async Task ChangePassword_OfOneSession_EndsTheOthers()
    {
        await CreateAsync("ada", Role.Viewer, "hash");
        var (own, other) = (await SignInAsync("ada"), await SignInAsync("ada"));

        Assert.True((await User("ada").ChangePasswordAsync("hash", "new", own.Id)).Ok);

        Assert.True((await AuthenticateAsync(own)).Ok);
        Assert.Equal(ProblemCodes.SessionOver, (await AuthenticateAsync(other)).Problem!.Code);
        Assert.Equal([own.Id], (await User("ada").ListSessionsAsync()).Select(session => session.Id));
    }

    [Fact]
    public async Task Invitation_SecondOne_MakesTheFirstVoid()
    {
        await CreateAsync("ada", Role.Viewer);
        var (first, second) = (Hash((await User("ada").InviteAsync()).Value!), Hash((await User("ada").InviteAsync()).Value!));

        Assert.Equal(ProblemCodes.InvitationRefused, (await User("ada").AcceptInvitationAsync(first, "hash", s_origin)).Problem!.Code);
        Assert.True((await User("ada").GetAsync()).Value!.Invited);
        Assert.False((await User("ada").AcceptInvitationAsync(second, "hash", s_origin)).Value!.User.Invited);
        Assert.Equal(ProblemCodes.InvitationRefused, (await User("ada").AcceptInvitationAsync(second, "hash", s_origin)).Problem!.Code);
    }

    [Fact]
    public async Task Setup_WhileThereIsNoUser_MakesOneOnce()
    {
        var first = Hash((await PlatformDirectory.OfferSetupAsync()).Value!);
        var second = Hash((await PlatformDirectory.OfferSetupAsync()).Value!);

        Assert.Equal(ProblemCodes.InvitationRefused, (await PlatformDirectory.ClaimSetupAsync(first)).Problem!.Code);
        await _host.CrashAsync();
        Assert.True((await PlatformDirectory.CheckSetupAsync(second)).Ok);
        Assert.True((await PlatformDirectory.ClaimSetupAsync(second)).Ok);
        Assert.Equal(ProblemCodes.InvitationRefused, (await PlatformDirectory.ClaimSetupAsync(second)).Problem!.Code);
    }

    [Fact]
    public async Task Setup_AUserMadeMeanwhile_IsVoid()
    {
        var link = Hash((await PlatformDirectory.OfferSetupAsync()).Value!);
        var user = _host.Host.Grains.Get<IUser>(UserKeys.User("", "root"));
        Assert.True((await user.CreateAsync(new UserProfile("Root", Role.Platform, null), null)).Ok);

        Assert.Equal(ProblemCodes.InvitationRefused, (await PlatformDirectory.CheckSetupAsync(link)).Problem!.Code);
        Assert.Equal(ProblemCodes.Conflict, (await PlatformDirectory.OfferSetupAsync()).Problem!.Code);
    }

    [Fact]
    public async Task Find_ByIdentity_IsOfOneTenantOnly()
    {
        await User("ada").CreateAsync(new UserProfile("Ada", Role.Viewer, "ada@acme.example"), null);

        Assert.Equal("ada", (await Directory.FindAsync("ADA@acme.example")).Value);
        Assert.Equal(ProblemCodes.NotFound, (await _host.Host.Grains.Get<IUserDirectory>("evil").FindAsync("ada@acme.example")).Problem!.Code);
        Assert.Equal(ProblemCodes.Unauthenticated, (await User("ada").SignInByIdentityAsync("bob@acme.example", s_origin)).Problem!.Code);
        Assert.True((await User("ada").SignInByIdentityAsync("Ada@acme.example", s_origin)).Ok);
    }

    private IUser User(string name) => _host.Host.Grains.Get<IUser>(UserKeys.User("acme", name));

    private Task<Outcome<UserView>> CreateAsync(string name, Role role, string? hash = null) =>
        User(name).CreateAsync(new UserProfile(name, role, null), hash);

    private async Task<Credential> SignInAsync(string name)
    {
        var opened = await User(name).SignInAsync("hash", null, s_origin);
        Assert.True(Credential.TryParse(opened.Value!.Secret, out var session));
        return session;
    }

    private Task<Outcome<Caller>> AuthenticateAsync(Credential session) => User(session.User).AuthenticateAsync(session.Id, session.Hash);

    private static string Hash(IssuedCredential issued)
    {
        Assert.True(Credential.TryParse(issued.Secret, out var credential));
        return credential.Hash;
    }
}
