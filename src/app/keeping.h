// This browser's copy as a whole: what pages read of it and ask of it.
#pragma once

#include "app/session.h"

#include <optional>
#include <string>

namespace ca::app {

class Keeping final : public pages::Keeping {
public:
    Keeping(Platform& platform, journal::Store& store, Session& session, Drafts& drafts)
        : platform_(platform), store_(store), session_(session), drafts_(drafts) {}

    std::string trouble();                          // words about storage that everyone must see; empty: none
    std::optional<journal::Parted> parted() const;  // none: what is shown is what is kept
    std::size_t unsaved() const;                    // changes that only this page holds, and that can be tried again
    bool waits_for_another() const { return store_.saving() && platform_.another_writes(); }  // tab
    void mark_unfinished();  // tells the platform whether whoever leaves now would lose something

    // ---- pages::Keeping -----------------------------------------------------------------------------------
    pages::Storage storage() override;
    std::string export_backup() override;
    Result<pages::BackupReport> compare_backup(std::string_view bytes) override;
    void import_backup(std::string_view form, std::string bytes) override;
    void erase_workspace(std::string_view form) override;
    void start_with_sample_data(std::string_view form) override;
    void retry_unsaved() override { session_.retry_unsaved(); }
    void write_back(std::string_view form) override;
    void set_aside(std::string_view form) override;
    void save_aside(std::string_view form, std::string_view name) override;

private:
    void save_checked(std::string_view form, void (journal::Store::*task)(journal::Store::Done));

    Platform& platform_;
    journal::Store& store_;
    Session& session_;
    Drafts& drafts_;
    std::optional<std::uint64_t> replaced_on_{};  // the page on which it was told that all was erased elsewhere
};

}  // namespace ca::app
