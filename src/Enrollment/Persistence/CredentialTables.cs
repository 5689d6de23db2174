using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Persistence;

/// <summary>The tables of credentials.</summary>
internal static class CredentialTables
{
    public static void MapCredentials(this ModelBuilder model)
    {
        var credential = model.Entity<Credential>().ToTable("enrollment_credentials");
        credential.Property(c => c.Id).ValueGeneratedNever();
        credential.HasIndex(c => new { c.RunId, c.PersonId }).IsUnique().HasDatabaseName("ix_enrollment_credentials_once");
        credential.HasIndex(c => new { c.ListNumber, c.ListIndex }).IsUnique().HasDatabaseName("ix_enrollment_credentials_place");
        credential.HasIndex(c => new { c.PersonId, c.Id }).HasDatabaseName("ix_enrollment_credentials_person");
        credential.HasIndex(c => new { c.RunId, c.Id }).HasDatabaseName("ix_enrollment_credentials_run");
        credential.HasIndex(c => new { c.ListNumber, c.RevokedAt }).HasDatabaseName("ix_enrollment_credentials_revoked");

        var merit = model.Entity<Merit>().ToTable("enrollment_merits");
        merit.HasKey(m => new { m.RunId, m.PersonId });
        merit.HasIndex(m => new { m.RunId, m.Rewarded, m.At }).HasDatabaseName("ix_enrollment_merits_open");

        var achievement = model.Entity<Achievement>().ToTable("enrollment_achievements");
        achievement.Property(a => a.Id).ValueGeneratedNever();
        achievement.HasIndex(a => new { a.CourseId, a.Hash }).IsUnique().HasDatabaseName("ix_enrollment_achievements_said");

        var key = model.Entity<SigningKey>().ToTable("enrollment_signing_keys");
        key.Property(k => k.Id).ValueGeneratedNever();
        key.HasIndex(k => new { k.Kind, k.Number }).IsUnique().HasDatabaseName("ix_enrollment_signing_keys_number");

        var list = model.Entity<StatusList>().ToTable("enrollment_status_lists");
        list.HasKey(l => l.Number);
        list.Property(l => l.Number).ValueGeneratedNever();
        list.Property(l => l.Taken).IsConcurrencyToken();
        list.Property(l => l.Version).IsConcurrencyToken();
    }
}
