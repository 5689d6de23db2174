using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.PersonalData;
using MoocPlatform.Host.Schedule;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Persistence;

/// <summary>The tables of the process itself: accounts, keys of data protection, notifications and mail, what the schedule ran.</summary>
internal sealed class HostDb(DbContextOptions<HostDb> options, WriteGate gate) : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options), IOutboxDb
{
    public string Prefix => "host";

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    public DbSet<Mail> Mails => Set<Mail>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Tray> Trays => Set<Tray>();

    public DbSet<MailChoice> MailChoices => Set<MailChoice>();

    public DbSet<SignInTry> SignInTries => Set<SignInTry>();

    public DbSet<Mark> Marks => Set<Mark>();

    public Task<T> InTurn<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct) => gate.InTurn(this, work, ct);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        gate.Save(this, [], token => base.SaveChangesAsync(acceptAllChangesOnSuccess, token), cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => ModuleDb.Instants(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        ModuleDb.MapOutbox(builder, Prefix);

        foreach (var entity in builder.Model.GetEntityTypes())
            if (entity.GetTableName() is { } table && table.StartsWith("AspNet", StringComparison.Ordinal))
                entity.SetTableName($"host_{Snake(table["AspNet".Length..])}");

        builder.Entity<Account>().Property(a => a.Name).HasMaxLength(Account.LongestName);
        builder.Entity<Account>().Property(a => a.Hue).HasMaxLength(8);
        builder.Entity<Account>().Property(a => a.Language).HasMaxLength(2);
        builder.Entity<Account>().Property(a => a.Zone).HasMaxLength(Account.LongestZone);

        var run = builder.Entity<JobRun>().ToTable("host_job_runs");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.HasIndex(r => r.StartedAt).HasDatabaseName("ix_host_job_runs_started");

        builder.Entity<ProtectionKey>().ToTable("host_protection_keys").Property(k => k.Id).ValueGeneratedNever();

        var mail = builder.Entity<Mail>().ToTable("host_mails");
        mail.Property(m => m.Id).ValueGeneratedNever();
        mail.Property(m => m.To).HasMaxLength(254);
        mail.HasIndex(m => new { m.State, m.ToMany, m.NextAt }).HasDatabaseName("ix_host_mails_due");
        mail.HasIndex(m => new { m.To, m.QueuedAt }).HasDatabaseName("ix_host_mails_to");

        var notification = builder.Entity<Notification>().ToTable("host_notifications");
        notification.Property(n => n.Id).ValueGeneratedNever();
        notification.Property(n => n.Title).HasMaxLength(Notification.LongestTitle);
        notification.Property(n => n.Place).HasMaxLength(Notification.LongestTitle);
        notification.HasIndex(n => new { n.PersonId, n.At, n.Id }).HasDatabaseName("ix_host_notifications_tray");
        notification.HasIndex(n => new { n.PersonId, n.MailId, n.Pace }).HasDatabaseName("ix_host_notifications_mail");
        notification.HasIndex(n => n.SubjectId).HasDatabaseName("ix_host_notifications_subject");
        notification.HasIndex(n => n.BundleId).HasDatabaseName("ix_host_notifications_bundle");
        notification.HasIndex(n => n.At).HasDatabaseName("ix_host_notifications_at");

        var tray = builder.Entity<Tray>().ToTable("host_trays");
        tray.HasKey(t => t.PersonId);
        tray.Property(t => t.PersonId).ValueGeneratedNever();
        tray.HasIndex(t => new { t.DailyAt, t.PersonId }).HasDatabaseName("ix_host_trays_daily");
        tray.HasIndex(t => new { t.WeeklyAt, t.PersonId }).HasDatabaseName("ix_host_trays_weekly");

        builder.Entity<MailChoice>().ToTable("host_mail_choices").HasKey(c => new { c.PersonId, c.Kind });

        var tries = builder.Entity<SignInTry>().ToTable("host_sign_in_tries");
        tries.HasKey(t => new { t.Account, t.Source });
        tries.Property(t => t.Account).HasMaxLength(32);
        tries.Property(t => t.Source).HasMaxLength(64);
        tries.HasIndex(t => t.Since).HasDatabaseName("ix_host_sign_in_tries_since");

        var mark = builder.Entity<Mark>().ToTable("host_marks");
        mark.HasKey(m => m.Key);
        mark.Property(m => m.Key).HasMaxLength(64);
        builder.MapPersonalData();
        EngineRegistration.Map(builder);
        builder.Entity<HealthProbe>().ToTable("host_health_probe").Property(p => p.Id).ValueGeneratedNever();
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}

/// <summary>A key of the data-protection ring, as XML.</summary>
internal sealed class ProtectionKey
{
    public Guid Id { get; init; }

    public string Xml { get; init; } = "";
}

/// <summary>Something the process has done once and remembers, such as the first start.</summary>
internal sealed class Mark
{
    public string Key { get; init; } = "";

    public string Value { get; set; } = "";

    public DateTimeOffset At { get; init; }
}
