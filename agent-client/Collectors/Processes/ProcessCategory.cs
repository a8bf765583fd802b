namespace Outrider.Agent.Collectors.Processes;

/// <summary>What kind of program a process is, by its name.</summary>
internal static class ProcessCategory
{
    /// <summary>A name belongs where it is listed, or where it begins with a listed one and a digit, dot, dash or underscore follows: python3.11.</summary>
    private static readonly (string Category, string[] Names)[] s_names =
    [
        ("database", ["mysqld", "mariadbd", "postgres", "starrocks_be", "starrocks_fe", "redis-server", "mongod", "clickhouse", "doris_be"]),
        ("development", ["go", "gcc", "g++", "cc1", "cc1plus", "clang", "python", "node", "java", "javac", "code", "dotnet", "ruby", "rustc", "cargo", "make", "git"]),
        ("browser", ["chrome", "chromium", "firefox", "safari", "msedge", "opera"]),
        ("system", ["ssh", "sshd", "bash", "sh", "zsh", "dash", "systemd", "init", "dockerd", "docker", "containerd", "cron", "rsyslogd", "dbus-daemon", "login", "agetty"]),
        ("media", ["ffmpeg", "vlc", "mpv", "spotify", "pulseaudio", "pipewire"]),
        ("office", ["soffice", "libreoffice", "thunderbird", "evolution"]),
    ];

    public static string Of(string name)
    {
        foreach (var (category, names) in s_names)
        {
            foreach (var known in names)
            {
                if (name.StartsWith(known, StringComparison.OrdinalIgnoreCase)
                    && (name.Length == known.Length || name[known.Length] is (>= '0' and <= '9') or '.' or '-' or '_' or ':'))
                    return category;
            }
        }
        return "other";
    }
}
