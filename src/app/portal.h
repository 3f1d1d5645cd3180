// The portal: one workspace, one person acting, one page shown. Platforms own the loop and call in:
//
//     Portal portal(platform, store, press);
//     portal.start("#/agreements");             // reads the journal; frames may be drawn at once and say that it is
//     being read portal.open_address("#/cases");           // the address changed (link, Back, typed)
//     portal.build(screen.begin(input));        // a frame
//
// It only wires its four parts, each of which says what it is: who acts on which workspace (session.h), the page that
// is shown (visit.h), what is given to people (downloads.h), and the copy that is kept (keeping.h).
#pragma once

#include "app/downloads.h"
#include "app/keeping.h"
#include "app/session.h"
#include "app/sharing.h"
#include "app/visit.h"
#include "pages/agreement_lines.h"

#include <string>

namespace ca::app {

class Portal {
public:
    Portal(Platform&, journal::Store&, papers::Press&);

    void start(std::string_view address);
    void open_address(std::string_view address) { visit_.open_address(address); }
    void build(ui::Ui&);
    std::string title() const { return visit_.title(); }
    // The journal is read, or the page prepared: what is shown until then says so.
    bool is_reading() const { return session_.is_reading() || is_preparing_; }

private:
    Sharing* make_sharing(journal::Store&);
    void prepare(pages::Context&, pages::Page&);

    Platform& platform_;
    Drafts drafts_;
    std::optional<Sharing> sharing_;
    Session session_;
    Visit visit_;
    Downloads downloads_;
    Keeping keeping_;
    pages::AgreementLines lines_;
    bool is_preparing_ = false;
};

}  // namespace ca::app
