using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Schedule;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Persistence;

/// <summary>The tables of the process itself: accounts, keys of data protection, what the schedule ran.</summary>
internal sealed class HostDb(DbContextOptions<HostDb> options, WriteGate gate) : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options), IOutboxDb
{
    public string Prefix => "host";

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    public Task<T> InTurn<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct) => gate.InTurn(this, work, ct);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        gate.Save(this, token => base.SaveChangesAsync(acceptAllChangesOnSuccess, token), cancellationToken);

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

        var run = builder.Entity<JobRun>().ToTable("host_job_runs");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.HasIndex(r => r.StartedAt).HasDatabaseName("ix_host_job_runs_started");

        builder.Entity<ProtectionKey>().ToTable("host_protection_keys").Property(k => k.Id).ValueGeneratedNever();
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
