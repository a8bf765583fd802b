namespace Outrider.Agent.Policy.Commands;

/// <summary>
/// Variables of a command's environment: which names are names, and which no task may ever set, because a program would run other code for it.
/// </summary>
internal static class EnvironmentNames
{
    private static readonly string[] s_prefixes =
    [
        "LD_", "DYLD_", "BASH_", "PYTHON", "PERL", "RUBY", "NODE_", "GIT_", "NPM_CONFIG_", "PIP_", "DOTNET_", "CORECLR_", "COMPLUS_", "COMPOSER_",
        "LUA_", "PHP", "SUDO_", "SSH_", "JDK_", "_JAVA_", "JAVA_TOOL_", "MAVEN_", "GRADLE_", "CARGO_", "RUSTC", "RUSTFLAGS", "GOFLAGS", "GOPATH", "GOROOT", "MALLOC_", "GLIBC_",
        "OPENSSL_", "DOCKER_", "ANSIBLE_", "OUTRIDER_", "SR_", "DBUS_", "SYSTEMD_", "XDG_", "R_",
    ];

    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "IFS", "ENV", "SHELLOPTS", "BASHOPTS", "PS4", "PROMPT_COMMAND", "CDPATH", "GLOBIGNORE", "SHELL", "HOME", "USER", "LOGNAME",
        "EDITOR", "VISUAL", "FCEDIT", "PAGER", "MANPAGER", "SYSTEMD_PAGER", "LESSOPEN", "LESSCLOSE", "BROWSER", "GCONV_PATH", "LOCPATH", "NLSPATH",
        "HOSTALIASES", "LOCALDOMAIN", "RES_OPTIONS", "RESOLV_HOST_CONF", "TERMINFO", "TERMINFO_DIRS", "TERMCAP", "CLASSPATH", "RSYNC_RSH",
        "TAR_OPTIONS", "TAPE", "GZIP", "BZIP2", "XZ_OPT", "XZ_DEFAULTS", "UNZIP", "ZIPOPT", "GREP_OPTIONS", "MAKEFLAGS", "MFLAGS", "CC", "CXX",
        "AWKPATH", "AWKLIBPATH", "INPUTRC", "CURL_HOME", "WGETRC", "KUBECONFIG", "MYSQL_HOME", "MYSQL_TEST_LOGIN_FILE", "LIBMYSQL_PLUGINS",
        "LIBMYSQL_PLUGIN_DIR", "PSQLRC", "PGSERVICEFILE", "PGSYSCONFDIR", "TMPDIR", "TZDIR", "SSLKEYLOGFILE", "NODE_OPTIONS", "EXINIT", "VIMINIT",
        "ZDOTDIR", "FPATH", "OLDPWD", "PWD", "GETCONF_DIR", "TCLLIBPATH", "NULLCMD", "POSIXLY_CORRECT", "MAIL", "MAILPATH",
    };

    /// <summary>Whether it is a variable's name as POSIX has it: ASCII letters, digits, underscores; no digit first.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 128 && !char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    /// <summary>Whether a policy can let a task set it.</summary>
    public static bool MaySet(string name) =>
        IsName(name) && !s_names.Contains(name) && !s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
