// Made by `npm run generate` from openapi.json. Do not edit.

export interface paths {
    "/agui": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run
         * @description Say something to the dojo in AG-UI's words, or come back to a run whose connection broke.
         */
        post: operations["run_agui_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agui/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop
         * @description Stop a run: one that only reads is cancelled, one that leaves something behind runs to its end without a listener.
         *
         *     Nothing happens to one that is over, or that another process of the shop runs.
         */
        post: operations["stop_agui_stop_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Demo
         * @description Sign in as the demo slayer; only where the shop runs with its embedded defaults.
         */
        post: operations["demo_auth_demo_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Login
         * @description Sign in. After five wrong passwords a handle has to wait, longer each time; ``Retry-After`` says how many seconds.
         */
        post: operations["login_auth_login_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout
         * @description Sign out: the session ends on the server too.
         */
        post: operations["logout_auth_logout_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change Password
         * @description Choose another password. Every other session of the caller ends; wrong guesses count as wrong sign-ins.
         */
        post: operations["change_password_auth_password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Create a slayer and sign in.
         */
        post: operations["register_auth_register_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Current Session
         * @description The session of this browser, for a page that was loaded again.
         */
        get: operations["current_session_auth_session_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tokens
         * @description The caller's tokens, and their browsers' sessions too.
         */
        get: operations["tokens_auth_tokens_get"];
        put?: never;
        /**
         * Create Token
         * @description Make a bearer token for a program. It may do all that the caller may, until it is revoked or has expired.
         */
        post: operations["create_token_auth_tokens_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Token
         * @description Revoke a token, or end a browser's session: it is refused from now on.
         */
        delete: operations["revoke_token_auth_tokens__token_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/coach/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat
         * @description Say something to the dojo. With ``Accept: text/event-stream`` the answer comes as it forms.
         */
        post: operations["chat_coach_chat_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/coach/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan List
         * @description The caller's plans.
         */
        get: operations["plan_list_coach_plans_get"];
        put?: never;
        /**
         * Ask For Plan
         * @description Queue a training plan. The same wish while it is being written is the same plan; 409 where three are being written.
         */
        post: operations["ask_for_plan_coach_plans_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/coach/plans/{plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan State
         * @description How a plan of the caller goes; the plan itself once it is done.
         */
        get: operations["plan_state_coach_plans__plan_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/coach/plans/{plan_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Plan
         * @description Cancel a plan that is waiting or being written; one that has ended stays as it is.
         */
        post: operations["cancel_plan_coach_plans__plan_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report
         * @description Report one event of the caller. The same ``event_id`` again gives the first answer, and nothing more.
         */
        post: operations["report_events_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report Batch
         * @description Report up to 500 events of the caller. Those that are accepted are recorded together; the others are explained.
         */
        post: operations["report_batch_events_batch_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give
         * @description Say what you think of an answer. The latest word counts: rating and comment of before are replaced.
         */
        post: operations["give_feedback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feedback/{turn_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw
         * @description Take back what you said of an answer.
         */
        delete: operations["withdraw_feedback__turn_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/generate_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate Image
         * @description Queue pictures of the caller with a weapon. What was asked for before, in the same words, is not painted again.
         *
         *     409 where pictures are switched off; 429 where the queue is full or the day's pictures are used up.
         */
        post: operations["generate_image_generate_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live
         * @description Whether the process lives.
         */
        get: operations["live_health_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description Whether database, manuals and model are there.
         */
        get: operations["ready_health_ready_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Image List
         * @description The caller's pictures, the latest first.
         */
        get: operations["image_list_images_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Image State
         * @description How a picture of the caller goes.
         */
        get: operations["image_state_images__image_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Image
         * @description Throw a picture away, finished or not.
         */
        delete: operations["delete_image_images__image_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{image_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Image
         * @description Call off a picture that waits or is being painted; one that has ended stays as it is.
         */
        post: operations["cancel_image_images__image_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{image_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Image Events
         * @description A stream of how a picture of the caller goes, until it has ended.
         */
        get: operations["image_events_images__image_id__events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{image_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Image File
         * @description The finished picture; its text chunks say where it comes from.
         */
        get: operations["image_file_images__image_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{image_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Image Preview
         * @description What a picture looks like by now: the latest frame (JPEG), and the thumbnail (PNG) once it is done.
         */
        get: operations["image_preview_images__image_id__preview_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{image_id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Image Thumbnail
         * @description The finished picture, 128 pixels wide or high.
         */
        get: operations["image_thumbnail_images__image_id__thumbnail_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Leading
         * @description Who has earned most, this week or of all time. Only slayers who agreed to it are named.
         */
        get: operations["leading_leaderboard_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/manuals/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Manual
         * @description A weapon by its slug, and its manual word for word.
         */
        get: operations["manual_manuals__slug__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Me
         * @description The caller's profile, points, rank, streak and weapons.
         */
        get: operations["me_me_get"];
        put?: never;
        post?: never;
        /**
         * Leave
         * @description Leave for good: profile, ledger, orders, conversations, pictures and sessions are deleted.
         */
        delete: operations["leave_me_delete"];
        options?: never;
        head?: never;
        /**
         * Change Me
         * @description Change the profile. A new zone holds from now on: days on record stay; 409 after too many changes of it in a day.
         */
        patch: operations["change_me_me_patch"];
        trace?: never;
    };
    "/me/achievements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Achievements
         * @description The caller's feats, done and left.
         */
        get: operations["my_achievements_me_achievements_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Days
         * @description What the caller did of late, by their own local days: minutes trained, battles, and whether they were here.
         */
        get: operations["my_days_me_days_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Me
         * @description Everything that the shop keeps about the caller, as a file.
         */
        get: operations["export_me_me_export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Ledger
         * @description The caller's movements of points, the latest first.
         */
        get: operations["my_ledger_me_ledger_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/memories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Memories
         * @description What the Coach remembers of the caller across conversations.
         */
        get: operations["my_memories_me_memories_get"];
        put?: never;
        post?: never;
        /**
         * Forget All
         * @description Forget everything that the caller told of themselves.
         */
        delete: operations["forget_all_me_memories_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/memories/{memory_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget
         * @description Forget one thing.
         */
        delete: operations["forget_me_memories__memory_id__delete"];
        options?: never;
        head?: never;
        /**
         * Reword
         * @description Put a memory in other words. Another one that is about the same thing goes.
         */
        patch: operations["reword_me_memories__memory_id__patch"];
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Orders
         * @description The caller's orders, the latest first.
         */
        get: operations["my_orders_orders_get"];
        put?: never;
        /**
         * Place Order
         * @description Buy one piece of a weapon. 409 when it is sold out, the caller's already, or costs something else by now.
         */
        post: operations["place_order_orders_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Order
         * @description One order of the caller.
         */
        get: operations["my_order_orders__order_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recommend
         * @description Rank weapons for the caller. Some lists hold one that is tried out, and say so on its card; every list is logged.
         */
        post: operations["recommend_recommend_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shop Info
         * @description Styles, weapon types, and what is configured.
         */
        get: operations["shop_info_shop_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Actions
         * @description What the staff did last.
         */
        get: operations["actions_staff_actions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description Take one of the shop's own jobs out of its queue before it begins.
         */
        post: operations["cancel_staff_jobs__job_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry
         * @description Put a failed job back into its queue.
         */
        post: operations["retry_staff_jobs__job_id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/library": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Library
         * @description What the library holds, and how the last ingestion ended.
         */
        get: operations["library_staff_library_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Models
         * @description The models on record with what they measured, and the one that serves here. Answers within seconds in any case.
         */
        get: operations["models_staff_models_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/models/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Promote
         * @description Make a version on record the champion. 409 when it was held back, or when the champion is not the one named.
         */
        post: operations["promote_staff_models_promote_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/models/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rollback
         * @description Let champion and previous change places. 409 when there is none before, or the champion is not the one named.
         */
        post: operations["rollback_staff_models_rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Queue
         * @description What waits, runs and has failed, by queue, and whether anybody works.
         */
        get: operations["queue_staff_queue_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report
         * @description The report of the latest night, as `hashira report` shows it.
         */
        get: operations["report_staff_report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/served": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Served
         * @description The model that answers here now; asks no registry.
         */
        get: operations["served_staff_served_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/threads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Thread List
         * @description The caller's conversations, the latest first; all of them, or those that hold the words.
         */
        get: operations["thread_list_threads_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/threads/{thread_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Thread
         * @description One conversation of the caller.
         */
        get: operations["thread_threads__thread_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete
         * @description Delete a conversation for good: its messages, answers, traces, and what you said of them; 409 while one is being answered.
         *
         *     What was logged, ordered or remembered in it stays: those have places of their own.
         */
        delete: operations["delete_threads__thread_id__delete"];
        options?: never;
        head?: never;
        /**
         * Rename
         * @description Give a conversation another title; it keeps its place in the list.
         */
        patch: operations["rename_threads__thread_id__patch"];
        trace?: never;
    };
    "/threads/{thread_id}/turns/{turn_id}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trace
         * @description Why the Coach answered so: the question as understood, what was searched and found, what was used and held back.
         */
        get: operations["trace_threads__thread_id__turns__turn_id__trace_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/weapons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Weapons
         * @description Search the catalogue.
         */
        get: operations["weapons_weapons_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/weapons/{weapon_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Weapon
         * @description One weapon.
         */
        get: operations["weapon_weapons__weapon_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/weapons/{weapon_id}/picture.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Picture
         * @description A weapon's picture (SVG). Open to anybody, as images are on a page.
         */
        get: operations["picture_weapons__weapon_id__picture_svg_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AchievementBlock
         * @description A feat that the slayer has just done.
         */
        AchievementBlock: {
            /**
             * Feat
             * @description Its key.
             * @example first_blood
             */
            feat: string;
            /** Name */
            name: string;
            /**
             * Text
             * @description What it is for.
             */
            text: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "achievement";
        };
        /**
         * Alert
         * @description Something to look at: what, how much, and from where on it is said.
         */
        Alert: {
            /**
             * Level
             * @enum {string}
             */
            level: "moderate" | "large";
            /** Limit */
            limit: number;
            /** Reason */
            reason: string;
            /** Subject */
            subject: string;
            /** Value */
            value: number;
        };
        /**
         * Answer
         * @description The slayer's answer to an interrupt.
         */
        Answer: {
            /**
             * Interruptid
             * @description The offer's id.
             */
            interruptId: string;
            /**
             * Payload
             * @description `{"approved": true}` or `{"approved": false}`.
             */
            payload?: unknown;
            /**
             * Status
             * @description `cancelled` is a no.
             * @enum {string}
             */
            status: "resolved" | "cancelled";
        };
        /**
         * ApprovalBlock
         * @description Something that needs the slayer's yes before it is done.
         */
        ApprovalBlock: {
            /** Approval Id */
            approval_id: string;
            /** Price */
            price: number;
            /** Question */
            question: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "approval";
            weapon: components["schemas"]["WeaponView"];
        };
        /**
         * BadgesBlock
         * @description The slayer's feats: the earned ones, the latest first, and those that are left.
         */
        BadgesBlock: {
            /** Earned */
            earned: components["schemas"]["EarnedFeat"][];
            /** Open */
            open: components["schemas"]["FeatView"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "badges";
        };
        /**
         * BatchAnswer
         * @description What became of each event, in order, and how many.
         */
        BatchAnswer: {
            /** Recorded */
            recorded: number;
            /** Refused */
            refused: number;
            /** Replayed */
            replayed: number;
            /** Results */
            results: components["schemas"]["ItemResult"][];
        };
        /**
         * BatchRequest
         * @description Events of the caller, in order. Each is judged by itself, also when it is no event at all.
         */
        BatchRequest: {
            /** Events */
            events: unknown[];
        };
        /**
         * BattleEvent
         * @description A battle fought with a weapon that the slayer owns or has on loan.
         */
        BattleEvent: {
            /**
             * Event Id
             * @description The reporter's own id; the same id is never counted twice.
             * @example evt-1
             */
            event_id: string;
            /**
             * Occurred At
             * @description When it happened, up to 48 hours back; now when left out.
             */
            occurred_at?: string | null;
            /**
             * Success
             * @description Whether the slayer won.
             */
            success: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "battle";
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
        };
        Block: components["schemas"]["RecommendationsBlock"] | components["schemas"]["PointsBlock"] | components["schemas"]["AchievementBlock"] | components["schemas"]["RankUpBlock"] | components["schemas"]["BadgesBlock"] | components["schemas"]["LedgerBlock"] | components["schemas"]["OrderBlock"] | components["schemas"]["ApprovalBlock"] | components["schemas"]["RoutineBlock"] | components["schemas"]["TableBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["PlanBlock"] | components["schemas"]["NoticeBlock"];
        /**
         * BoardView
         * @description The first places, and the caller's own when they have points in the window.
         */
        BoardView: {
            /** Items */
            items: components["schemas"]["PlaceView"][];
            /**
             * Since
             * @description Begin of the week (Monday, UTC); null for all time.
             */
            since: string | null;
            /**
             * Window
             * @enum {string}
             */
            window: "week" | "all";
            you: components["schemas"]["PlaceView"] | null;
        };
        /**
         * Calibration
         * @description Scores as they were shown, against what came of them. The limits hold what chance does to a model that is right.
         */
        Calibration: {
            /**
             * Bins
             * @description predicted, observed, 95 % reach of chance, rows
             */
            bins: [
                number,
                number,
                number,
                number
            ][];
            /** Ece */
            ece: number;
            /** Ece Limit */
            ece_limit: number;
            /**
             * Ece Noise
             * @description expected of a model that is right
             */
            ece_noise: number;
            /**
             * Gap Limit
             * @description distance of the two that is said
             */
            gap_limit: number;
            /** Observed */
            observed: number;
            /** Predicted */
            predicted: number;
            /** Rows */
            rows: number;
        };
        /**
         * CareTask
         * @description A task of the weapon's care that falls due, in the manual's words.
         */
        CareTask: {
            /** Do */
            do: string;
            /** Section */
            section: string;
            /** Source */
            source: string;
            /**
             * When
             * @description The manual's interval, such as Every fortnight.
             */
            when: string;
        };
        /**
         * ChatAnswer
         * @description The whole answer to one message.
         */
        ChatAnswer: {
            /** @description What waits for the slayer's yes or no. */
            approval?: components["schemas"]["ApprovalBlock"] | null;
            /**
             * Blocks
             * @description What to show beside the text, told apart by `type`.
             */
            blocks: {
                [key: string]: unknown;
            }[];
            /** Citations */
            citations: components["schemas"]["Citation"][];
            /**
             * Engine
             * @description Which path answered: the language model, the embedded one, or some of both.
             * @enum {string}
             */
            engine: "embedded" | "llm" | "mixed";
            /**
             * Reply
             * @description Markdown, with [n] where a citation belongs.
             */
            reply: string;
            /**
             * Route
             * @description The specialists that acted, in order.
             */
            route: ("coach" | "recommender" | "artist" | "quartermaster")[];
            /**
             * Thread Id
             * Format: uuid
             */
            thread_id: string;
            /**
             * Turn Id
             * Format: uuid
             * @description The turn's id, and its correlation id: of the header X-Correlation-ID, in the log, and of its trace.
             */
            turn_id: string;
        };
        /**
         * ChatRequest
         * @description A message to the dojo.
         */
        ChatRequest: {
            /**
             * Message
             * @description What the slayer says; it may hold several wishes.
             * @example recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it
             */
            message?: string | null;
            /** @description Instead of a message: yes or no to an open offer. */
            resume?: components["schemas"]["ResumeRequest"] | null;
            /**
             * Thread Id
             * @description A thread of the caller; a new one when left out.
             */
            thread_id?: string | null;
        };
        /**
         * Check
         * @description One condition. ``value`` and ``limit`` are what was compared; ``text`` is the sentence for people.
         */
        Check: {
            /** Limit */
            limit: number;
            /** Name */
            name: string;
            /** Passed */
            passed: boolean;
            /** Text */
            text: string;
            /** Value */
            value: number;
        };
        /**
         * Citation
         * @description Where a sentence comes from. ``n`` is its number in the reply.
         */
        Citation: {
            /** N */
            n: number;
            /**
             * Section
             * @description The part of it, such as Maintenance > Intervals.
             */
            section: string;
            /**
             * Source
             * @description The document, such as manuals/tidebreaker-katana.md.
             */
            source: string;
            /**
             * Text
             * @description The passage.
             */
            text: string;
            /**
             * Weapon
             * @description Slug of the weapon the passage is about.
             */
            weapon?: string | null;
        };
        /**
         * CitationEvent
         * @description Where the sentences marked ``[n]`` come from.
         */
        CitationEvent: {
            /** N */
            n: number;
            /**
             * Section
             * @description The part of it, such as Maintenance > Intervals.
             */
            section: string;
            /**
             * Source
             * @description The document, such as manuals/tidebreaker-katana.md.
             */
            source: string;
            /**
             * Text
             * @description The passage.
             */
            text: string;
            /**
             * Weapon
             * @description Slug of the weapon the passage is about.
             * @default null
             */
            weapon: string | null;
        };
        /**
         * Day
         * @description A day of the slayer's own clock on which something was reported.
         */
        Day: {
            /** Battles */
            battles: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Login
             * @description Whether they were here: such days in a row are the streak.
             */
            login: boolean;
            /**
             * Minutes
             * @description Trained.
             */
            minutes: number;
            /** Trainings */
            trainings: number;
        };
        /**
         * DayList
         * @description Days of the caller's own clock.
         */
        DayList: {
            /**
             * Items
             * @description The days on which something was reported, the earliest first.
             */
            items: components["schemas"]["Day"][];
            /**
             * Today
             * Format: date
             * @description What day it is where the caller lives.
             */
            today: string;
        };
        /**
         * DemoRequest
         * @description One click as the demo slayer.
         */
        DemoRequest: {
            /**
             * Session
             * @description `token` for programs (bearer), `cookie` for the page (needs the CSRF token).
             * @default token
             * @enum {string}
             */
            session: "token" | "cookie";
        };
        /**
         * DoneEvent
         * @description The turn is over; the whole answer.
         */
        DoneEvent: {
            /**
             * @description What waits for the slayer's yes or no.
             * @default null
             */
            approval: components["schemas"]["ApprovalBlock"] | null;
            /**
             * Blocks
             * @description What to show beside the text, told apart by `type`.
             */
            blocks: {
                [key: string]: unknown;
            }[];
            /** Citations */
            citations: components["schemas"]["Citation"][];
            /**
             * Engine
             * @description Which path answered: the language model, the embedded one, or some of both.
             * @enum {string}
             */
            engine: "embedded" | "llm" | "mixed";
            /**
             * Reply
             * @description Markdown, with [n] where a citation belongs.
             */
            reply: string;
            /**
             * Route
             * @description The specialists that acted, in order.
             */
            route: ("coach" | "recommender" | "artist" | "quartermaster")[];
            /**
             * Thread Id
             * Format: uuid
             */
            thread_id: string;
            /**
             * Turn Id
             * Format: uuid
             * @description The turn's id, and its correlation id: of the header X-Correlation-ID, in the log, and of its trace.
             */
            turn_id: string;
        };
        /**
         * Drawn
         * @description Whether exploration draws as often as it says.
         */
        Drawn: {
            /** Expected */
            expected: number;
            /** Explored */
            explored: number;
            /**
             * Lists
             * @description lists that had something to draw
             */
            lists: number;
            /**
             * Z
             * @description distance of the two in standard deviations
             */
            z: number;
        };
        /**
         * Drift
         * @description Whether these days look like those that the challenger learned from, and whether scores came true.
         */
        Drift: {
            /**
             * Alerts
             * @default []
             */
            alerts: components["schemas"]["Alert"][];
            calibration?: components["schemas"]["Calibration"] | null;
            /**
             * Calibration Text
             * @default Nothing was fought with that was recommended.
             */
            calibration_text: string;
            /**
             * Current Rows
             * @default 0
             */
            current_rows: number;
            /**
             * Current Slayers
             * @description effective
             * @default 0
             */
            current_slayers: number;
            /** Reference */
            reference?: ("real battles" | "all battles, most of them synthetic") | null;
            /**
             * Reference Rows
             * @default 0
             */
            reference_rows: number;
            /**
             * Reference Slayers
             * @description effective
             * @default 0
             */
            reference_slayers: number;
            /**
             * Shifts
             * @default []
             */
            shifts: components["schemas"]["Shift"][];
            /** Since */
            since?: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "no battles" | "too few" | "compared";
            /** Text */
            text: string;
        };
        /**
         * EarnedFeat
         * @description A feat that was done, and when.
         */
        EarnedFeat: {
            /**
             * Earned At
             * Format: date-time
             */
            earned_at: string;
            /**
             * Feat
             * @description Its key.
             * @example first_blood
             */
            feat: string;
            /** Name */
            name: string;
            /**
             * Text
             * @description What it is for.
             */
            text: string;
        };
        /**
         * Estimate
         * @description A success rate, or a difference of two, with its 95 % interval.
         */
        Estimate: {
            /** High */
            high: number;
            /** Low */
            low: number;
            /**
             * Standard Error
             * @description by bootstrap over slayers
             */
            standard_error: number;
            /**
             * Standard Error By Design
             * @description from the known chances; the interval uses the larger
             */
            standard_error_by_design: number;
            /** Value */
            value: number;
        };
        /**
         * EventAnswer
         * @description What the reporter of an event is told.
         */
        EventAnswer: {
            /**
             * Achievements
             * @description Feats done with this event.
             */
            achievements: components["schemas"]["FeatView"][];
            /** Event Id */
            event_id: string;
            /** Next Rank */
            next_rank: string | null;
            /** Nichirin Points */
            nichirin_points: number;
            /** Points Awarded */
            points_awarded: number;
            /** Points To Next */
            points_to_next: number | null;
            /** Rank */
            rank: string;
            /**
             * Rank Up
             * @description The new rank, when this event brought one.
             */
            rank_up: string | null;
            /**
             * Reason
             * @description What the points are for, or why there are none.
             */
            reason: string;
            /**
             * Replayed
             * @description True when this event had been recorded before; the answer is the first one.
             */
            replayed: boolean;
            /** Streak */
            streak: number;
        };
        /**
         * FeatList
         * @description Feats done, the latest first, and feats left to do.
         */
        FeatList: {
            /** Earned */
            earned: components["schemas"]["EarnedFeat"][];
            /** Open */
            open: components["schemas"]["FeatView"][];
        };
        /**
         * FeatView
         * @description A feat: something that a slayer does for the first time.
         */
        FeatView: {
            /**
             * Feat
             * @description Its key.
             * @example first_blood
             */
            feat: string;
            /** Name */
            name: string;
            /**
             * Text
             * @description What it is for.
             */
            text: string;
        };
        /**
         * FeedbackRequest
         * @description Thumbs up or down for an answer, and why.
         * @example {
         *       "comment": "It says how, but I asked how often.",
         *       "rating": "down",
         *       "turn_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10"
         *     }
         * @example {
         *       "rating": "up",
         *       "turn_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10"
         *     }
         */
        FeedbackRequest: {
            /**
             * Comment
             * @description A sentence or two, up to 2000 characters.
             */
            comment?: string | null;
            /**
             * Rating
             * @enum {string}
             */
            rating: "up" | "down";
            /**
             * Turn Id
             * Format: uuid
             * @description The answer: `turn_id` of the chat's answer or of a thread's turn.
             */
            turn_id: string;
        };
        /**
         * FeedbackView
         * @description What a slayer thinks of an answer.
         * @example {
         *       "comment": "It says how, but I asked how often.",
         *       "given_at": "2026-03-10T12:00:00Z",
         *       "rating": "down",
         *       "turn_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10"
         *     }
         */
        FeedbackView: {
            /** Comment */
            comment: string | null;
            /**
             * Given At
             * Format: date-time
             */
            given_at: string;
            /**
             * Rating
             * @enum {string}
             */
            rating: "up" | "down";
            /**
             * Turn Id
             * Format: uuid
             * @description The answer, by the id that the chat gave it.
             */
            turn_id: string;
        };
        /**
         * FieldError
         * @description What is wrong with one field.
         */
        FieldError: {
            /**
             * Field
             * @description The field's name as the caller wrote it, dotted where it is nested.
             */
            field: string;
            /** Message */
            message: string;
        };
        /**
         * FoundThread
         * @description A conversation in the list; where it was looked for, with the words around what was found.
         */
        FoundThread: {
            /**
             * Excerpt
             * @description Plain text of the message or answer that holds what was looked for.
             */
            excerpt?: string | null;
            /**
             * Thread Id
             * Format: uuid
             */
            thread_id: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * ImageBlock
         * @description A picture, finished or on its way; ``url`` answers with its state, ``events`` with a stream of it.
         */
        ImageBlock: {
            /** Alt */
            alt: string;
            /**
             * Events
             * @description Address of the stream (Server-Sent Events) that tells how it goes.
             * @default null
             */
            events: string | null;
            /**
             * Image Id
             * Format: uuid
             */
            image_id: string;
            /**
             * Scene
             * @description The slayer's words.
             * @default null
             */
            scene: string | null;
            /**
             * Seed
             * @description Of the noise it starts from: the same seed and words give the same picture.
             * @default null
             */
            seed: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "painting" | "done" | "failed" | "cancelled";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "image";
            /** Url */
            url: string;
            /**
             * Weapon
             * @description Slug of the weapon in it.
             * @default null
             */
            weapon: string | null;
        };
        /**
         * ImageOrder
         * @description The first of the pictures that were asked for, and all of them.
         */
        ImageOrder: {
            /**
             * Alt
             * @description What is to be seen.
             */
            alt: string;
            /**
             * Checkpoint
             * @description What painted it.
             */
            checkpoint: string;
            /**
             * Checkpoint Hash
             * @description SHA-256 of that.
             */
            checkpoint_hash: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Error
             * @description Why it failed.
             */
            error: string | null;
            /**
             * Events
             * @description A stream of this picture's state (Server-Sent Events).
             */
            events: string;
            /**
             * File
             * @description The picture itself (PNG), once it is done.
             */
            file: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Guidance */
            guidance: number;
            /**
             * Height
             * @description Pixels.
             */
            height: number;
            /**
             * Image Id
             * Format: uuid
             */
            image_id: string;
            /** Images */
            images: components["schemas"]["ImageState"][];
            /** Negative Prompt */
            negative_prompt: string;
            /**
             * Place
             * @description Place in the queue, from 1; null unless it waits there.
             */
            place: number | null;
            /** Pose */
            pose: string | null;
            /**
             * Preview
             * @description What it looks like by now (JPEG), while it is painted.
             */
            preview: string | null;
            /** Prompt */
            prompt: string;
            /**
             * Scene
             * @description The slayer's words.
             */
            scene: string | null;
            /** Seed */
            seed: number;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "painting" | "done" | "failed" | "cancelled";
            /**
             * Step
             * @description Steps that are done.
             */
            step: number;
            /**
             * Steps
             * @description Steps in all.
             */
            steps: number;
            /**
             * Thumbnail
             * @description The picture, 128 pixels wide or high (PNG), once it is done.
             */
            thumbnail: string | null;
            /**
             * Url
             * @description This picture's state.
             */
            url: string;
            weapon: components["schemas"]["ImageWeapon"];
            /**
             * Width
             * @description Pixels.
             */
            width: number;
        };
        /**
         * ImagePage
         * @description A page of the caller's pictures, the latest first.
         */
        ImagePage: {
            /** Items */
            items: components["schemas"]["ImageState"][];
            /**
             * Next
             * @description `before` of the next page; null on the last one.
             */
            next: string | null;
        };
        /**
         * ImageState
         * @description A picture on its way or finished, and where it comes from.
         */
        ImageState: {
            /**
             * Alt
             * @description What is to be seen.
             */
            alt: string;
            /**
             * Checkpoint
             * @description What painted it.
             */
            checkpoint: string;
            /**
             * Checkpoint Hash
             * @description SHA-256 of that.
             */
            checkpoint_hash: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Error
             * @description Why it failed.
             */
            error: string | null;
            /**
             * Events
             * @description A stream of this picture's state (Server-Sent Events).
             */
            events: string;
            /**
             * File
             * @description The picture itself (PNG), once it is done.
             */
            file: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Guidance */
            guidance: number;
            /**
             * Height
             * @description Pixels.
             */
            height: number;
            /**
             * Image Id
             * Format: uuid
             */
            image_id: string;
            /** Negative Prompt */
            negative_prompt: string;
            /**
             * Place
             * @description Place in the queue, from 1; null unless it waits there.
             */
            place: number | null;
            /** Pose */
            pose: string | null;
            /**
             * Preview
             * @description What it looks like by now (JPEG), while it is painted.
             */
            preview: string | null;
            /** Prompt */
            prompt: string;
            /**
             * Scene
             * @description The slayer's words.
             */
            scene: string | null;
            /** Seed */
            seed: number;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "painting" | "done" | "failed" | "cancelled";
            /**
             * Step
             * @description Steps that are done.
             */
            step: number;
            /**
             * Steps
             * @description Steps in all.
             */
            steps: number;
            /**
             * Thumbnail
             * @description The picture, 128 pixels wide or high (PNG), once it is done.
             */
            thumbnail: string | null;
            /**
             * Url
             * @description This picture's state.
             */
            url: string;
            weapon: components["schemas"]["ImageWeapon"];
            /**
             * Width
             * @description Pixels.
             */
            width: number;
        };
        /**
         * ImageWeapon
         * @description The weapon in a picture.
         */
        ImageWeapon: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Slug */
            slug: string;
        };
        /**
         * ItemResult
         * @description What became of one event of a batch.
         */
        ItemResult: {
            answer?: components["schemas"]["EventAnswer"] | null;
            /**
             * Errors
             * @default []
             */
            errors: components["schemas"]["FieldError"][];
            /** Event Id */
            event_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "recorded" | "replayed" | "refused";
        };
        /**
         * JobView
         * @description A job that failed, or one of the shop's own that waits or runs.
         */
        JobView: {
            /** Attempts */
            attempts: number;
            /** Can Cancel */
            can_cancel: boolean;
            /** Can Retry */
            can_retry: boolean;
            /** Job Id */
            job_id: number;
            /** Queue */
            queue: string;
            /** Scheduled At */
            scheduled_at: string | null;
            /**
             * Since
             * @description When it came into this state.
             */
            since: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "todo" | "doing" | "failed";
            /** Task */
            task: string;
        };
        /**
         * KeptAccount
         * @description How the slayer signs in.
         */
        KeptAccount: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Failed Sign Ins
             * @description Wrong passwords for the handle since the last right one.
             * @default 0
             */
            failed_sign_ins: number;
            /** Handle */
            handle: string;
            /** Role */
            role: string;
            /**
             * Slayer Id
             * Format: uuid
             */
            slayer_id: string;
        };
        /**
         * KeptAction
         * @description What the slayer did as one of the staff; it stays, without a name, when they leave.
         */
        KeptAction: {
            /**
             * Acted At
             * Format: date-time
             */
            acted_at: string;
            /** Action */
            action: string;
            /** Before */
            before: string | null;
            /** Subject */
            subject: string;
        };
        /**
         * KeptAllowance
         * @description How much was said on the latest day, and how many messages might come at once as of ``at``.
         */
        KeptAllowance: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Local Day
             * Format: date
             */
            local_day: string;
            /** Messages */
            messages: number;
            /** Spare */
            spare: number;
        };
        /**
         * KeptBattle
         * @description A battle's outcome and the slayer as they were then: what the Recommender learns from.
         */
        KeptBattle: {
            /** Breathing Style */
            breathing_style: string;
            /** Dexterity */
            dexterity: number;
            /** Event Id */
            event_id: string;
            /** Level */
            level: number;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /** Stamina */
            stamina: number;
            /** Strength */
            strength: number;
            /** Success */
            success: boolean;
            /**
             * Weapon
             * @description Its name.
             * @default
             */
            weapon: string;
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
        };
        /**
         * KeptEntry
         * @description A movement of points, and the points after it.
         */
        KeptEntry: {
            /** Balance */
            balance: number;
            /** Event Id */
            event_id: string;
            /** Id */
            id: number;
            /** Points */
            points: number;
            /** Reason */
            reason: string;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
        };
        /**
         * KeptEvent
         * @description An event as it was reported, and what its reporter was told.
         */
        KeptEvent: {
            /** Answer */
            answer: {
                [key: string]: unknown;
            };
            /** Event Id */
            event_id: string;
            /**
             * Local Day
             * Format: date
             */
            local_day: string;
            /** Minutes */
            minutes: number | null;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /** Points */
            points: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Type */
            type: string;
        };
        /**
         * KeptFeat
         * @description A feat done, and the event it was done with.
         */
        KeptFeat: {
            /**
             * Earned At
             * Format: date-time
             */
            earned_at: string;
            /** Event Id */
            event_id: string;
            /** Feat */
            feat: string;
        };
        /**
         * KeptFeedback
         * @description What the slayer said of an answer.
         */
        KeptFeedback: {
            /** Comment */
            comment: string | null;
            /**
             * Given At
             * Format: date-time
             */
            given_at: string;
            /**
             * Rating
             * @enum {string}
             */
            rating: "up" | "down";
            /**
             * Turn Id
             * Format: uuid
             */
            turn_id: string;
        };
        /**
         * KeptHolding
         * @description A weapon in the slayer's hands: ``own`` or ``loan``.
         */
        KeptHolding: {
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Terms */
            terms: string;
            /**
             * Weapon
             * @description Its name.
             * @default
             */
            weapon: string;
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
        };
        /**
         * KeptImage
         * @description A picture asked for; ``file`` is its address once it is done.
         */
        KeptImage: {
            /** Checkpoint */
            checkpoint: string;
            /** Checkpoint Hash */
            checkpoint_hash: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Error */
            error: string | null;
            /** File */
            file?: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Guidance */
            guidance: number;
            /** Height */
            height: number;
            /**
             * Image Id
             * Format: uuid
             */
            image_id: string;
            /** Negative Prompt */
            negative_prompt: string;
            /** Pose */
            pose: string | null;
            /** Prompt */
            prompt: string;
            /** Scene */
            scene: string | null;
            /** Seed */
            seed: number;
            /** Started At */
            started_at: string | null;
            /** Status */
            status: string;
            /** Steps */
            steps: number;
            /**
             * Weapon
             * @description Its name.
             * @default
             */
            weapon: string;
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
            /** Width */
            width: number;
        };
        /**
         * KeptImageDay
         * @description How many pictures counted for a day of the slayer's.
         */
        KeptImageDay: {
            /**
             * Local Day
             * Format: date
             */
            local_day: string;
            /** Pictures */
            pictures: number;
        };
        /**
         * KeptList
         * @description A list of weapons that was recommended, the slayer as they were then, and what it was drawn from.
         */
        KeptList: {
            /** Breathing Style */
            breathing_style: string;
            /** Candidates */
            candidates: string[];
            /** Dexterity */
            dexterity: number;
            /** Key */
            key: string;
            /** Level */
            level: number;
            /**
             * List Id
             * Format: uuid
             */
            list_id: string;
            /** Model Version */
            model_version: string;
            /**
             * Places
             * @default []
             */
            places: components["schemas"]["KeptPlace"][];
            /** Prefer */
            prefer: string;
            /** Share */
            share: number;
            /**
             * Shown At
             * Format: date-time
             */
            shown_at: string;
            /** Stamina */
            stamina: number;
            /** Strength */
            strength: number;
            /** Weights */
            weights: number[];
        };
        /**
         * KeptMemory
         * @description What the Coach remembers of the slayer, in their own words.
         */
        KeptMemory: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Kind */
            kind: string;
            /**
             * Memory Id
             * Format: uuid
             */
            memory_id: string;
            /** Text */
            text: string;
            /** Turn Id */
            turn_id: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * KeptOrder
         * @description A weapon bought; the price in coins.
         */
        KeptOrder: {
            /**
             * Order Id
             * Format: uuid
             */
            order_id: string;
            /** Order Key */
            order_key: string;
            /**
             * Ordered At
             * Format: date-time
             */
            ordered_at: string;
            /** Price */
            price: number;
            /**
             * Weapon
             * @description Its name.
             * @default
             */
            weapon: string;
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
        };
        /**
         * KeptPlace
         * @description A place of a list: the predicted success, how likely the weapon was to be shown there, and what the model saw.
         */
        KeptPlace: {
            /** Explored */
            explored: boolean;
            /** Features */
            features: number[];
            /** Position */
            position: number;
            /** Propensity */
            propensity: number;
            /** Score */
            score: number;
            /**
             * Weapon
             * @description Its name.
             * @default
             */
            weapon: string;
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
        };
        /**
         * KeptPlan
         * @description A training plan asked for, and what became of it.
         */
        KeptPlan: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Engine */
            engine: string | null;
            /** Error */
            error: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Plan */
            plan: {
                [key: string]: unknown;
            } | null;
            /**
             * Plan Id
             * Format: uuid
             */
            plan_id: string;
            /** Status */
            status: string;
            /** Wish */
            wish: {
                [key: string]: unknown;
            };
        };
        /**
         * KeptProfile
         * @description What the slayer says about themselves.
         */
        KeptProfile: {
            /** Breathing Style */
            breathing_style: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dexterity */
            dexterity: number;
            /** Level */
            level: number;
            /** Name */
            name: string;
            /** Show Name */
            show_name: boolean;
            /** Stamina */
            stamina: number;
            /** Strength */
            strength: number;
            /** Timezone */
            timezone: string;
        };
        /**
         * KeptSession
         * @description A signed-in browser or program.
         */
        KeptSession: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Kind */
            kind: string;
            /** Name */
            name: string | null;
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
        };
        /**
         * KeptThread
         * @description A conversation.
         */
        KeptThread: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Thread Id
             * Format: uuid
             */
            thread_id: string;
            /** Title */
            title: string;
            /**
             * Turns
             * @default []
             */
            turns: components["schemas"]["KeptTurn"][];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * KeptTotals
         * @description What events add up to.
         */
        KeptTotals: {
            /** Battles Won */
            battles_won: number;
            /** Best Streak */
            best_streak: number;
            /** Last Login Day */
            last_login_day: string | null;
            /** Minutes Trained */
            minutes_trained: number;
            /** Nichirin Points */
            nichirin_points: number;
            /** Rank */
            rank: string;
            /** Streak */
            streak: number;
            /** Weapon Types */
            weapon_types: string[];
        };
        /**
         * KeptTurn
         * @description A message, its answer as it was shown (or why there is none), and how the Coach's part of it came about (``trace``).
         */
        KeptTurn: {
            /** Approved */
            approved: boolean | null;
            /** Blocks */
            blocks: {
                [key: string]: unknown;
            }[];
            /** Citations */
            citations: {
                [key: string]: unknown;
            }[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Engine */
            engine: string;
            /** Error */
            error: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Message */
            message: string;
            /** Model Calls */
            model_calls: {
                [key: string]: unknown;
            }[];
            /** Reply */
            reply: string;
            /** Route */
            route: string[];
            /** Status */
            status: string;
            /** Trace */
            trace: {
                [key: string]: unknown;
            }[];
            /**
             * Turn Id
             * Format: uuid
             */
            turn_id: string;
        };
        /**
         * KeptZone
         * @description From when the slayer lived in which zone.
         */
        KeptZone: {
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Timezone */
            timezone: string;
        };
        /**
         * LastIngestion
         * @description How the last ingestion ended, also one that found nothing to change. Of long lists of refused files the first are kept.
         */
        LastIngestion: {
            /** Added */
            added: number;
            /** Changed */
            changed: number;
            /**
             * Ended At
             * Format: date-time
             */
            ended_at: string;
            /** Passages Embedded */
            passages_embedded: number;
            /** Refused */
            refused: number;
            /** Refused Files */
            refused_files: components["schemas"]["RefusedFile"][];
            /** Removed */
            removed: number;
            /** Seconds */
            seconds: number;
            /** Unchanged */
            unchanged: number;
        };
        /**
         * LeaveRequest
         * @description The caller's password, so that nobody else's hand does it.
         */
        LeaveRequest: {
            /** Password */
            password: string;
        };
        /**
         * LedgerBlock
         * @description The latest movements of points, the latest first.
         */
        LedgerBlock: {
            /** Entries */
            entries: components["schemas"]["LedgerLine"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ledger";
        };
        /**
         * LedgerLine
         * @description One movement of points, and the points after it.
         */
        LedgerLine: {
            /** Balance */
            balance: number;
            /** Points */
            points: number;
            /** Reason */
            reason: string;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
        };
        /**
         * LedgerPage
         * @description A page of the ledger, the latest first.
         */
        LedgerPage: {
            /** Items */
            items: components["schemas"]["LedgerRow"][];
            /**
             * Next Before
             * @description `before` of the next page; null on the last.
             */
            next_before: number | null;
        };
        /**
         * LedgerRow
         * @description One movement of points. ``balance`` is the points after it.
         */
        LedgerRow: {
            /** Balance */
            balance: number;
            /** Event Id */
            event_id: string;
            /** Id */
            id: number;
            /** Points */
            points: number;
            /** Reason */
            reason: string;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
        };
        /**
         * LibraryState
         * @description What the library holds and which generation serves, or why that is not known.
         */
        LibraryState: {
            /**
             * By Type
             * @description Documents by the type of weapon; guides are `guides`.
             */
            by_type: {
                [key: string]: number;
            };
            /** Characters */
            characters: number;
            /** Documents */
            documents: number;
            /** Generation */
            generation: string | null;
            /** @description How the last ingestion ended; none where nobody noted it. */
            last_ingestion: components["schemas"]["LastIngestion"] | null;
            /** Made At */
            made_at: string | null;
            /**
             * Model
             * @description That embeds.
             */
            model: string;
            /** Passages */
            passages: number;
            /**
             * Weapons
             * @description Weapons with a manual.
             */
            weapons: number;
        };
        /**
         * Live
         * @description The process answers.
         */
        Live: {
            /**
             * Status
             * @default ok
             * @constant
             */
            status: "ok";
        };
        /**
         * LoginEvent
         * @description The daily login.
         */
        LoginEvent: {
            /**
             * Event Id
             * @description The reporter's own id; the same id is never counted twice.
             * @example evt-1
             */
            event_id: string;
            /**
             * Occurred At
             * @description When it happened, up to 48 hours back; now when left out.
             */
            occurred_at?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "login";
        };
        /**
         * LoginRequest
         * @description Who wants to come in.
         */
        LoginRequest: {
            /** Handle */
            handle: string;
            /** Password */
            password: string;
            /**
             * Session
             * @description `token` for programs (bearer), `cookie` for the page (needs the CSRF token).
             * @default token
             * @enum {string}
             */
            session: "token" | "cookie";
        };
        /**
         * Manual
         * @description A weapon and its manual.
         */
        Manual: {
            /**
             * Sections
             * @description In the order of the document; empty where there is none.
             */
            sections: components["schemas"]["ManualSection"][];
            /**
             * Source
             * @description The document, such as manuals/heron-spear.md; null where there is none.
             */
            source: string | null;
            weapon: components["schemas"]["WeaponView"];
        };
        /**
         * ManualSection
         * @description A part of a manual.
         */
        ManualSection: {
            /**
             * Heading
             * @description The path of headings below the title, such as Drills > Minnows.
             */
            heading: string;
            /**
             * Text
             * @description Markdown.
             */
            text: string;
        };
        /**
         * Me
         * @description The caller's profile, standing and weapons.
         */
        Me: {
            /** Breathing Style */
            breathing_style: string;
            /** Dexterity */
            dexterity: number;
            /** Handle */
            handle: string;
            /** Level */
            level: number;
            /** Name */
            name: string;
            /** Next Rank */
            next_rank: string | null;
            /** Nichirin Points */
            nichirin_points: number;
            /** Owned Weapons */
            owned_weapons: components["schemas"]["WeaponView"][];
            /** Points To Next */
            points_to_next: number | null;
            /** Rank */
            rank: string;
            /**
             * Role
             * @description `staff` also looks after the shop: /staff/… answers them.
             * @enum {string}
             */
            role: "slayer" | "staff";
            /** Show Name */
            show_name: boolean;
            /**
             * Slayer Id
             * Format: uuid
             */
            slayer_id: string;
            /** Stamina */
            stamina: number;
            /** Streak */
            streak: number;
            /** Strength */
            strength: number;
            /** Timezone */
            timezone: string;
        };
        /**
         * MemoryChange
         * @description A memory in other words.
         * @example {
         *       "text": "my right knee is bad"
         *     }
         */
        MemoryChange: {
            /**
             * Text
             * @description Plain words, 1-200 characters; markup is left out.
             */
            text: string;
        };
        /**
         * MemoryList
         * @description Everything that is remembered of the caller: injuries, goals, preferences, facts; of each what was told latest first.
         */
        MemoryList: {
            /** Items */
            items: components["schemas"]["MemoryView"][];
        };
        /**
         * MemoryView
         * @description Something that the slayer said of themselves, and that the Coach keeps in mind in every conversation.
         * @example {
         *       "created_at": "2026-03-10T12:00:00Z",
         *       "kind": "injury",
         *       "memory_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10",
         *       "text": "my left knee is bad",
         *       "turn_id": "0d5c8e1b-4c1b-4f0a-9a55-6f2c1f0e7a10",
         *       "updated_at": "2026-03-10T12:00:00Z"
         *     }
         */
        MemoryView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "injury" | "goal" | "preference" | "fact";
            /**
             * Memory Id
             * Format: uuid
             */
            memory_id: string;
            /**
             * Text
             * @description The slayer's own words.
             */
            text: string;
            /**
             * Thread Id
             * @description The conversation of that turn.
             */
            thread_id: string | null;
            /**
             * Turn Id
             * @description The turn in which it was said, while that is on record.
             */
            turn_id: string | null;
            /**
             * Updated At
             * Format: date-time
             * @description When it was said last.
             */
            updated_at: string;
        };
        /**
         * ModelBook
         * @description All versions, the newest first. When the registry does not answer, what serves is told all the same.
         */
        ModelBook: {
            /** Champion */
            champion: string | null;
            /** Items */
            items: components["schemas"]["ModelOnRecord"][];
            /** Previous */
            previous: string | null;
            served: components["schemas"]["ServedModel"];
            /**
             * Unavailable
             * @description Why the registry says nothing; none when it answers.
             */
            unavailable: string | null;
        };
        /**
         * ModelCall
         * @description A question to the language model, and what it cost.
         */
        ModelCall: {
            /**
             * Estimated
             * @description Whether the tokens are counted by letters, as the endpoint did not say.
             */
            estimated: boolean;
            /**
             * Model
             * @description Its name at the endpoint.
             */
            model: string;
            /**
             * Ms
             * @description How long it took.
             */
            ms: number;
            /**
             * Outcome
             * @description `answered`, `stopped` where no more of it was wanted, else what went wrong: `unreachable`, `silent`, `late`, `overloaded`, `rejected`, `refused`, `nonsense`, `broken off`, `empty` or `endless`.
             */
            outcome: string;
            /**
             * Purpose
             * @description What it was asked for: `plan` or `coach`.
             */
            purpose: string;
            /**
             * Requests
             * @description How many went out for it, repeated ones counted.
             */
            requests: number;
            /**
             * Tokens In
             * @description Tokens that it read.
             */
            tokens_in: number;
            /**
             * Tokens Out
             * @description Tokens that it wrote.
             */
            tokens_out: number;
        };
        /**
         * ModelChange
         * @description Who is the champion now. What serves follows within seconds: see `GET /staff/served`.
         */
        ModelChange: {
            /** Before */
            before: string | null;
            /** Champion */
            champion: string;
        };
        /**
         * ModelOnRecord
         * @description One version, released or held.
         */
        ModelOnRecord: {
            /**
             * Aliases
             * @description `champion`, `previous`, both or none.
             */
            aliases: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Decision
             * @description The gate's.
             * @enum {string}
             */
            decision: "release" | "hold" | "unknown";
            /**
             * Metrics
             * @description What the release measured, by name.
             */
            metrics: {
                [key: string]: number;
            };
            /** Reason */
            reason: string;
            /** Trained Rows */
            trained_rows: number | null;
            /** Version */
            version: string;
            /**
             * Watermark
             * @description Up to where the shop's own battles were read; none without any.
             */
            watermark: string | null;
        };
        /**
         * NightReport
         * @description The latest night, or why there is none to show.
         */
        NightReport: {
            night: components["schemas"]["NightView"] | null;
            /**
             * Unavailable
             * @description What is wrong with the report; none before the first one, too.
             */
            unavailable: string | null;
        };
        /**
         * NightView
         * @description What the latest retrain had to tell: the gate's verdict, what its lists would have been worth, drift, calibration.
         */
        NightView: {
            drift: components["schemas"]["Drift"];
            off_policy: components["schemas"]["OffPolicy"];
            /**
             * Report
             * @description All of it, as Markdown.
             */
            report: string;
            /** @description None where the gate has not decided. */
            verdict: components["schemas"]["Verdict"] | null;
            /**
             * Written At
             * Format: date-time
             */
            written_at: string;
        };
        /**
         * NoticeBlock
         * @description Something the slayer should notice.
         */
        NoticeBlock: {
            /**
             * Level
             * @enum {string}
             */
            level: "info" | "warning";
            /** Text */
            text: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "notice";
        };
        /**
         * OffPolicy
         * @description What the models' lists would have been worth. ``text`` says it in a sentence, or why it is not known.
         */
        OffPolicy: {
            /**
             * Against
             * @description what the challenger is compared with
             * @default
             */
            against: string;
            /**
             * Alerts
             * @default []
             */
            alerts: components["schemas"]["Alert"][];
            /** @description what the challenger's lists are worth more, by DR */
            difference?: components["schemas"]["Estimate"] | null;
            drawn?: components["schemas"]["Drawn"] | null;
            /**
             * Examined
             * @description how likely a place leads to a battle, by position
             * @default []
             */
            examined: number[];
            /**
             * Inconsistent
             * @description share of settled places whose propensity contradicts their list
             * @default 0
             */
            inconsistent: number;
            /**
             * Places
             * @description places of lists that were shown
             * @default 0
             */
            places: number;
            /**
             * Settled
             * @description of these, places that were fought with and that the challenger was not trained on
             * @default 0
             */
            settled: number;
            /**
             * Slayers
             * @description whose settled places these are
             * @default 0
             */
            slayers: number;
            /**
             * State
             * @enum {string}
             */
            state: "no impressions" | "too few" | "estimated";
            /** Text */
            text: string;
            /**
             * Trained On
             * @description settled places that are left out, for it may have been trained on them
             * @default 0
             */
            trained_on: number;
            /**
             * Values
             * @description by policy
             */
            values?: {
                [key: string]: components["schemas"]["Value"];
            };
        };
        /**
         * OrderBlock
         * @description A weapon that the slayer has bought.
         */
        OrderBlock: {
            /**
             * Order Id
             * Format: uuid
             */
            order_id: string;
            /**
             * Ordered At
             * Format: date-time
             */
            ordered_at: string;
            /** Price */
            price: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "order";
            weapon: components["schemas"]["WeaponView"];
        };
        /**
         * OrderPage
         * @description A page of orders, the latest first.
         */
        OrderPage: {
            /** Items */
            items: components["schemas"]["OrderView"][];
            /**
             * Next Before
             * @description `before` of the next page; null on the last.
             */
            next_before: string | null;
        };
        /**
         * OrderRequest
         * @description What the caller buys: one piece.
         */
        OrderRequest: {
            /**
             * Order Key
             * @description The buyer's own id; the same key never orders twice.
             * @example order-1
             */
            order_key: string;
            /**
             * Price
             * @description The price seen; refused when it has changed since.
             */
            price?: number | null;
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
        };
        /**
         * OrderView
         * @description A weapon bought. ``price`` in coins, as agreed.
         */
        OrderView: {
            /**
             * Order Id
             * Format: uuid
             */
            order_id: string;
            /** Order Key */
            order_key: string;
            /**
             * Ordered At
             * Format: date-time
             */
            ordered_at: string;
            /** Price */
            price: number;
            /**
             * Replayed
             * @description True when it had been placed before under this key.
             */
            replayed: boolean;
            weapon: components["schemas"]["WeaponView"];
        };
        /**
         * PaintArgs
         * @description What to paint. Who is in it comes with the call.
         */
        PaintArgs: {
            /**
             * Count
             * @description How many pictures, with this seed and those after it.
             * @default 1
             */
            count: number;
            /**
             * Pose
             * @description How the slayer stands; by default any.
             */
            pose?: ("standing calm" | "guard" | "high strike" | "thrust" | "sweep" | "leaping" | "kneeling" | "running") | null;
            /**
             * Scene
             * @description Place, weather or mood.
             * @example night temple in the snow
             */
            scene?: string | null;
            /**
             * Seed
             * @description The same seed and words give the same picture; by default any.
             */
            seed?: number | null;
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
        };
        /**
         * PasswordRequest
         * @description Another password.
         */
        PasswordRequest: {
            /** Current */
            current: string;
            /**
             * New
             * @description 8 to 128 characters.
             */
            new: string;
        };
        /**
         * PersonalData
         * @description Everything that is kept about one slayer. Lists are in order of time, the oldest first.
         */
        PersonalData: {
            account: components["schemas"]["KeptAccount"];
            /** Battles */
            battles: components["schemas"]["KeptBattle"][];
            chat_allowance: components["schemas"]["KeptAllowance"] | null;
            /** Events */
            events: components["schemas"]["KeptEvent"][];
            /**
             * Exported At
             * Format: date-time
             */
            exported_at: string;
            /** Feats */
            feats: components["schemas"]["KeptFeat"][];
            /** Feedback */
            feedback: components["schemas"]["KeptFeedback"][];
            /** Holdings */
            holdings: components["schemas"]["KeptHolding"][];
            /** Image Days */
            image_days: components["schemas"]["KeptImageDay"][];
            /** Images */
            images: components["schemas"]["KeptImage"][];
            /** Ledger */
            ledger: components["schemas"]["KeptEntry"][];
            /** Memories */
            memories: components["schemas"]["KeptMemory"][];
            /** Orders */
            orders: components["schemas"]["KeptOrder"][];
            /** Plans */
            plans: components["schemas"]["KeptPlan"][];
            profile: components["schemas"]["KeptProfile"];
            /** Recommendations */
            recommendations: components["schemas"]["KeptList"][];
            /** Sessions */
            sessions: components["schemas"]["KeptSession"][];
            /** Staff Actions */
            staff_actions: components["schemas"]["KeptAction"][];
            /** Threads */
            threads: components["schemas"]["KeptThread"][];
            totals: components["schemas"]["KeptTotals"];
            /** Zones */
            zones: components["schemas"]["KeptZone"][];
        };
        /**
         * PicturesView
         * @description The pictures of all slayers, by their own record.
         */
        PicturesView: {
            /**
             * Failed Today
             * @description In the last 24 hours.
             */
            failed_today: number;
            /** Painting */
            painting: number;
            /**
             * Seconds Each
             * @description That the last ones took; none before the first.
             */
            seconds_each: number | null;
            /** Waiting */
            waiting: number;
        };
        /**
         * PlaceView
         * @description A place on the board; ``name`` is null for slayers who did not agree to be named.
         */
        PlaceView: {
            /** Name */
            name: string | null;
            /** Place */
            place: number;
            /** Points */
            points: number;
            /** Rank */
            rank: string;
            /** You */
            you: boolean;
        };
        /**
         * PlanBlock
         * @description A training plan of several weeks, finished or on its way; ``url`` answers with its state, and with the finished plan.
         */
        PlanBlock: {
            /**
             * Plan Id
             * Format: uuid
             */
            plan_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "writing" | "done" | "failed" | "cancelled";
            /** Title */
            title: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "plan";
            /** Url */
            url: string;
            /** Weeks */
            weeks: number;
        };
        /**
         * PlanList
         * @description The caller's latest 50 plans, the latest first.
         */
        PlanList: {
            /** Items */
            items: components["schemas"]["PlanSummary"][];
        };
        /**
         * PlannedDay
         * @description A training day; 1 is the first day of the week.
         */
        PlannedDay: {
            /** Day */
            day: number;
            /** Drills */
            drills: components["schemas"]["PlannedDrill"][];
            /** Minutes */
            minutes: number;
        };
        /**
         * PlannedDrill
         * @description A drill of a day. ``minutes`` of that day, all rounds of it.
         */
        PlannedDrill: {
            /** Minutes */
            minutes: number;
            /** Name */
            name: string;
            /**
             * Note
             * @description How to do it this time, such as '2 rounds of 10 minutes'.
             * @default
             */
            note: string;
            /**
             * Section
             * @description The part of it, such as Drills > Minnows.
             */
            section: string;
            /**
             * Source
             * @description The document that describes it, such as manuals/heron-spear.md.
             */
            source: string;
        };
        /**
         * PlannedWeek
         * @description A week of the plan.
         */
        PlannedWeek: {
            /**
             * Care
             * @default []
             */
            care: components["schemas"]["CareTask"][];
            /** Days */
            days: components["schemas"]["PlannedDay"][];
            /** Focus */
            focus: string;
            /**
             * Lighter
             * @description Whether it is a week to recover, or to begin with.
             * @default false
             */
            lighter: boolean;
            /** Number */
            number: number;
        };
        /**
         * PlanState
         * @description A training plan, with its weeks once it is done.
         */
        PlanState: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Engine
             * @description Who wrote it: the plan builder, the language-model crew, or both.
             */
            engine: ("embedded" | "mixed" | "llm") | null;
            /**
             * Error
             * @description Why it failed.
             */
            error: string | null;
            /** Finished At */
            finished_at: string | null;
            plan: components["schemas"]["TrainingPlanDocument"] | null;
            /**
             * Plan Id
             * Format: uuid
             */
            plan_id: string;
            /**
             * Progress
             * @description Share that is done.
             */
            progress: number;
            /**
             * Stage
             * @description What is being done at the moment, in a few words.
             */
            stage: string;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "writing" | "done" | "failed" | "cancelled";
            /**
             * Url
             * @description This plan's state, and the plan itself when it is done.
             */
            url: string;
            wish: components["schemas"]["PlanWish"];
        };
        /**
         * PlanSummary
         * @description A training plan on its way or finished, without its weeks.
         */
        PlanSummary: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Engine
             * @description Who wrote it: the plan builder, the language-model crew, or both.
             */
            engine: ("embedded" | "mixed" | "llm") | null;
            /**
             * Error
             * @description Why it failed.
             */
            error: string | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Plan Id
             * Format: uuid
             */
            plan_id: string;
            /**
             * Progress
             * @description Share that is done.
             */
            progress: number;
            /**
             * Stage
             * @description What is being done at the moment, in a few words.
             */
            stage: string;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "writing" | "done" | "failed" | "cancelled";
            /**
             * Url
             * @description This plan's state, and the plan itself when it is done.
             */
            url: string;
            wish: components["schemas"]["PlanWish"];
        };
        /**
         * PlanWish
         * @description What a plan should be for. Weeks 1-26, days a week 1-7, minutes a day 5-240.
         */
        PlanWish: {
            /**
             * Days Per Week
             * @description Training days in each week.
             * @default 3
             */
            days_per_week: number;
            /**
             * Goal
             * @description What it is for, in the slayer's words.
             * @default
             * @example be ready for a duel at the ford
             */
            goal: string;
            /**
             * Minutes Per Day
             * @description Minutes of a full training day.
             * @default 30
             */
            minutes_per_day: number;
            /**
             * Weapon
             * @description Slug of a weapon of the catalogue; without one the plan is made of the guides' drills.
             */
            weapon?: string | null;
            /**
             * Weeks
             * @description How many weeks.
             * @default 4
             */
            weeks: number;
        };
        /**
         * PointsBlock
         * @description Where the slayer stands, and by how much this turn moved it.
         */
        PointsBlock: {
            /** Delta */
            delta: number;
            /** Next Rank */
            next_rank: string | null;
            /** Nichirin Points */
            nichirin_points: number;
            /** Points To Next */
            points_to_next: number | null;
            /** Rank */
            rank: string;
            /** Streak */
            streak: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "points";
        };
        /**
         * Problem
         * @description An error, after RFC 9457.
         */
        Problem: {
            /** Correlation Id */
            correlation_id: string;
            /** Detail */
            detail: string;
            /**
             * Errors
             * @default []
             */
            errors: components["schemas"]["FieldError"][];
            /** Instance */
            instance: string;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /**
             * Type
             * @default about:blank
             */
            type: string;
        };
        /**
         * ProfileChange
         * @description What a slayer changes about themselves: at least one of these; what is left out stays.
         */
        ProfileChange: {
            /**
             * Breathing Style
             * @description One of the breathing styles of GET /shop.
             */
            breathing_style?: string;
            /**
             * Dexterity
             * @description 0-100.
             */
            dexterity?: number;
            /**
             * Level
             * @description Experience level.
             */
            level?: number;
            /**
             * Name
             * @description Name the shop calls the slayer by.
             */
            name?: string;
            /**
             * Show Name
             * @description Whether the leaderboard may show the name.
             */
            show_name?: boolean;
            /**
             * Stamina
             * @description 0-100.
             */
            stamina?: number;
            /**
             * Strength
             * @description 0-100.
             */
            strength?: number;
            /**
             * Timezone
             * @description IANA zone, from now on; days on record stay as they are.
             */
            timezone?: string;
        };
        /**
         * PromoteRequest
         * @description A version, and the one that the caller takes for the champion.
         * @example {
         *       "champion": "2",
         *       "version": "3"
         *     }
         */
        PromoteRequest: {
            /**
             * Champion
             * @description None where there is no champion yet. 409 when another one is.
             */
            champion: string | null;
            /** Version */
            version: string;
        };
        /**
         * QueueBoard
         * @description All queues. Each worker process has one worker a queue.
         */
        QueueBoard: {
            /**
             * Jobs
             * @description Failed ones first; 30 at most.
             */
            jobs: components["schemas"]["JobView"][];
            /**
             * Last Sign
             * @description The latest sign of life of any worker.
             */
            last_sign: string | null;
            pictures: components["schemas"]["PicturesView"];
            /** Queues */
            queues: components["schemas"]["QueueView"][];
            /** Workers Alive */
            workers_alive: number;
        };
        /**
         * QueueView
         * @description One queue.
         */
        QueueView: {
            /** Failed */
            failed: number;
            /**
             * Oldest S
             * @description For how many seconds the oldest has waited.
             */
            oldest_s: number | null;
            /** Queue */
            queue: string;
            /** Running */
            running: number;
            /**
             * Scheduled
             * @description Wait for their hour.
             */
            scheduled: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * RankUpBlock
         * @description A new rank.
         */
        RankUpBlock: {
            /** Previous */
            previous: string;
            /** Rank */
            rank: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rank_up";
        };
        /**
         * Ready
         * @description What an answer needs, part by part: ``ok`` or what is wrong.
         */
        Ready: {
            /**
             * Model Version
             * @description The Recommender's model that answers now; none without a champion.
             */
            model_version: string | null;
            /** Parts */
            parts: {
                [key: string]: string;
            };
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "not ready";
        };
        /**
         * RecommendAnswer
         * @description The weapons that suit the caller best, best first.
         */
        RecommendAnswer: {
            /** Model Version */
            model_version: string;
            /** Recommendations */
            recommendations: components["schemas"]["Recommendation"][];
        };
        /**
         * Recommendation
         * @description A weapon the Recommender suggests.
         */
        Recommendation: {
            /**
             * Explored
             * @description Whether it is tried out, rather than expected to be among the best.
             */
            explored: boolean;
            /**
             * Model Version
             * @description The model that gave the score.
             */
            model_version: string;
            /** Name */
            name: string;
            /**
             * Picture
             * @description Address of the weapon's picture (SVG).
             */
            picture: string;
            /** Price */
            price: number;
            /** Rarity */
            rarity: string;
            /**
             * Reasons
             * @description Why, in plain words, the strongest first.
             */
            reasons: string[];
            /**
             * Score
             * @description Predicted probability that a battle with it is won.
             */
            score: number;
            /** Sharpness */
            sharpness: number;
            /** Slug */
            slug: string;
            /** Stock */
            stock: number;
            /** Styles */
            styles: string[];
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
            /** Weapon Type */
            weapon_type: string;
            /** Weight */
            weight: number;
        };
        /**
         * RecommendationsBlock
         * @description Weapon cards, best first.
         */
        RecommendationsBlock: {
            /** Model Version */
            model_version: string;
            /** Recommendations */
            recommendations: components["schemas"]["Recommendation"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "recommendations";
        };
        /**
         * RecommendRequest
         * @description What the caller wants. Who they are is their session's to say.
         */
        RecommendRequest: {
            /**
             * Budget
             * @description Highest price in coins.
             */
            budget?: number | null;
            /**
             * Budget Min
             * @description Lowest price in coins.
             */
            budget_min?: number | null;
            /**
             * Exclude Types
             * @description None of these types.
             */
            exclude_types?: string[] | null;
            /**
             * Prefer
             * @description `power`: the likeliest to win; `balance` and `value` weigh the price against it.
             * @default power
             * @enum {string}
             */
            prefer: "power" | "balance" | "value";
            /**
             * Top K
             * @description How many weapons, best first.
             * @default 3
             */
            top_k: number;
            /**
             * Weapon Types
             * @description Only these types.
             */
            weapon_types?: string[] | null;
        };
        /**
         * RefusedFile
         * @description A file that did not go in, and why.
         */
        RefusedFile: {
            /** Reason */
            reason: string;
            /** Source */
            source: string;
        };
        /**
         * RegisterRequest
         * @description A new slayer, and how to stay signed in.
         */
        RegisterRequest: {
            /**
             * Breathing Style
             * @description One of the breathing styles of GET /shop.
             * @example Water
             */
            breathing_style: string;
            /**
             * Dexterity
             * @description 0-100.
             * @default 50
             */
            dexterity: number;
            /**
             * Handle
             * @description Name to sign in with: 3-32 letters, digits and ._-
             * @example tanjiro
             */
            handle: string;
            /**
             * Level
             * @description Experience level.
             * @default 1
             */
            level: number;
            /**
             * Name
             * @description Name the shop calls the slayer by.
             * @example Tanjiro
             */
            name: string;
            /**
             * Password
             * @description 8 to 128 characters.
             * @example wisteria-at-night
             */
            password: string;
            /**
             * Session
             * @description `token` for programs (bearer), `cookie` for the page (needs the CSRF token).
             * @default token
             * @enum {string}
             */
            session: "token" | "cookie";
            /**
             * Stamina
             * @description 0-100.
             * @default 50
             */
            stamina: number;
            /**
             * Strength
             * @description 0-100.
             * @default 50
             */
            strength: number;
            /**
             * Timezone
             * @description IANA zone; a slayer's day is their local day.
             * @default UTC
             * @example Asia/Tokyo
             */
            timezone: string;
        };
        /**
         * ResumeRequest
         * @description The slayer's answer to an offer (an `approval`).
         */
        ResumeRequest: {
            /** Approval Id */
            approval_id: string;
            /** Approved */
            approved: boolean;
        };
        /**
         * RollbackRequest
         * @description The version that the caller takes for the champion.
         * @example {
         *       "champion": "2"
         *     }
         */
        RollbackRequest: {
            /**
             * Champion
             * @description 409 when another one is.
             */
            champion: string;
        };
        /**
         * RouteEvent
         * @description Which specialists will act, in order.
         */
        RouteEvent: {
            /** Route */
            route: ("coach" | "recommender" | "artist" | "quartermaster")[];
            /**
             * Thread Id
             * Format: uuid
             */
            thread_id: string;
            /**
             * Turn Id
             * Format: uuid
             */
            turn_id: string;
        };
        /**
         * RoutineBlock
         * @description A routine whose drills add up to ``minutes``.
         */
        RoutineBlock: {
            /** Drills */
            drills: components["schemas"]["RoutineDrill"][];
            /** Minutes */
            minutes: number;
            /** Title */
            title: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "routine";
            /** Weapon */
            weapon: string | null;
        };
        /**
         * RoutineDrill
         * @description One drill of a routine.
         */
        RoutineDrill: {
            /** Focus */
            focus: string;
            /** Minutes */
            minutes: number;
            /** Name */
            name: string;
            /** Source */
            source: string;
            /** Steps */
            steps: string[];
        };
        /**
         * Run
         * @description Which run of which thread is meant.
         * @example {
         *       "runId": "run-1",
         *       "threadId": "training"
         *     }
         */
        Run: {
            /**
             * Runid
             * @description The client's name for this message and its answer.
             */
            runId: string;
            /**
             * Threadid
             * @description A thread of the caller, or a name for a new one.
             */
            threadId: string;
        };
        /**
         * RunInput
         * @description A message to the dojo, as AG-UI's `RunAgentInput`. All that is not listed here is ignored: state, tools, context.
         * @example {
         *       "messages": [
         *         {
         *           "content": "recommend me a blade under 400 coins",
         *           "id": "1",
         *           "role": "user"
         *         }
         *       ],
         *       "runId": "run-1",
         *       "threadId": "training"
         *     }
         */
        RunInput: {
            /**
             * Messages
             * @description Only the last message of the user is taken, nothing of the history.
             * @default []
             */
            messages: components["schemas"]["Said"][];
            /** Protocolversion */
            protocolVersion?: string | null;
            /**
             * Resume
             * @description Instead of a message: yes or no to an open offer.
             */
            resume?: components["schemas"]["Answer"][] | null;
            /**
             * Runid
             * @description The client's name for this message and its answer.
             */
            runId: string;
            /**
             * Threadid
             * @description A thread of the caller, or a name for a new one.
             */
            threadId: string;
        };
        /**
         * Said
         * @description One message of the conversation as the client has it.
         */
        Said: {
            /**
             * Content
             * @description Text, or a list of parts of which the text is taken.
             */
            content?: unknown;
            /** Id */
            id?: string | null;
            /**
             * Role
             * @description Only what a `user` says last is taken.
             */
            role: string;
        };
        /**
         * ServedModel
         * @description What this process of the API answers with. Others may swap a few seconds earlier or later.
         */
        ServedModel: {
            /**
             * Model Version
             * @description As answers name it.
             */
            model_version: string | null;
            /**
             * Trouble
             * @description What keeps another champion from serving; none where nothing does.
             */
            trouble: string | null;
            /**
             * Version
             * @description The registry's number; none while no model serves.
             */
            version: string | null;
        };
        /**
         * SessionAnswer
         * @description A new session: a bearer token for a program, or a CSRF token for a browser whose cookie was set.
         */
        SessionAnswer: {
            /**
             * Access Token
             * @description For `Authorization: Bearer`.
             */
            access_token?: string | null;
            /**
             * Csrf Token
             * @description To be sent as `X-CSRF-Token` with every change.
             */
            csrf_token?: string | null;
            /**
             * Slayer Id
             * Format: uuid
             */
            slayer_id: string;
        };
        /**
         * SessionState
         * @description The session that a browser has.
         */
        SessionState: {
            /** Csrf Token */
            csrf_token: string | null;
            /**
             * Slayer Id
             * Format: uuid
             */
            slayer_id: string;
        };
        /**
         * Shift
         * @description How far one column moved. Figures of noise are what is expected of equal distributions.
         */
        Shift: {
            /**
             * Level
             * @enum {string}
             */
            level: "none" | "moderate" | "large";
            /** Name */
            name: string;
            /** Psi */
            psi: number;
            /**
             * Psi Limit
             * @description from which on it is called moderate
             */
            psi_limit: number;
            /** Psi Noise */
            psi_noise: number;
            /**
             * Wasserstein
             * @description in standard deviations of the reference
             */
            wasserstein: number;
            /** Wasserstein Limit */
            wasserstein_limit: number;
            /** Wasserstein Noise */
            wasserstein_noise: number;
        };
        /**
         * ShopInfo
         * @description What anybody may know before signing in.
         */
        ShopInfo: {
            /**
             * Demo
             * @description Whether one click signs in as the demo slayer.
             */
            demo: boolean;
            /**
             * Engine
             * @description `llm` when a language-model endpoint is configured, else `embedded`.
             */
            engine: string;
            /**
             * Image Model
             * @description Whether the Artist has a model.
             */
            image_model: boolean;
            /** Rarities */
            rarities: string[];
            /** Styles */
            styles: components["schemas"]["StyleView"][];
            /** Weapon Types */
            weapon_types: string[];
        };
        /**
         * StaffActions
         * @description The latest first.
         */
        StaffActions: {
            /** Items */
            items: components["schemas"]["StaffActionView"][];
        };
        /**
         * StaffActionView
         * @description What somebody of the staff did.
         */
        StaffActionView: {
            /**
             * Acted At
             * Format: date-time
             */
            acted_at: string;
            /**
             * Action
             * @enum {string}
             */
            action: "promote" | "rollback" | "retry" | "cancel";
            /** Action Id */
            action_id: number;
            /**
             * Before
             * @description The champion that it replaced.
             */
            before: string | null;
            /**
             * By
             * @description Their handle; none when they have left for good.
             */
            by: string | null;
            /** Subject */
            subject: string;
        };
        /**
         * StatusEvent
         * @description What a specialist is doing.
         */
        StatusEvent: {
            /**
             * Specialist
             * @enum {string}
             */
            specialist: "coach" | "recommender" | "artist" | "quartermaster";
            /** Text */
            text: string;
        };
        /**
         * StyleView
         * @description A breathing style.
         */
        StyleView: {
            /** Color */
            color: string;
            /** Emblem */
            emblem: string;
            /** Name */
            name: string;
            /** Temper */
            temper: string;
        };
        /**
         * TableBlock
         * @description A comparison.
         */
        TableBlock: {
            /** Columns */
            columns: string[];
            /** Rows */
            rows: string[][];
            /** Title */
            title: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "table";
        };
        /**
         * TextEvent
         * @description More words of the reply.
         */
        TextEvent: {
            /** Delta */
            delta: string;
            /** Specialist */
            specialist: ("coach" | "recommender" | "artist" | "quartermaster") | null;
        };
        /**
         * ThreadChange
         * @description What can be changed of a conversation.
         * @example {
         *       "title": "Oiling the spear"
         *     }
         */
        ThreadChange: {
            /**
             * Title
             * @description One line of 1-80 characters.
             */
            title: string;
        };
        /**
         * ThreadDetail
         * @description A conversation with its turns, in order.
         */
        ThreadDetail: {
            /**
             * Approval Id
             * @description The offer that still waits for a yes or no.
             */
            approval_id: string | null;
            /**
             * Thread Id
             * Format: uuid
             */
            thread_id: string;
            /** Title */
            title: string;
            /** Turns */
            turns: components["schemas"]["TurnView"][];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * ThreadPage
         * @description The caller's conversations, the latest first.
         */
        ThreadPage: {
            /** Items */
            items: components["schemas"]["FoundThread"][];
            /**
             * Next Before
             * @description `before` of the next page; null on the last one.
             */
            next_before?: string | null;
        };
        /**
         * ThreadView
         * @description A conversation in the list.
         */
        ThreadView: {
            /**
             * Thread Id
             * Format: uuid
             */
            thread_id: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * TokenAnswer
         * @description A new token. The secret is shown here and never again.
         */
        TokenAnswer: {
            /**
             * Access Token
             * @description For `Authorization: Bearer`.
             */
            access_token: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Name */
            name: string;
            /**
             * Token Id
             * Format: uuid
             */
            token_id: string;
        };
        /**
         * TokenList
         * @description The caller's sessions, the latest first.
         */
        TokenList: {
            /** Items */
            items: components["schemas"]["TokenView"][];
        };
        /**
         * TokenRequest
         * @description A token for a program.
         */
        TokenRequest: {
            /**
             * Days
             * @description Days that it lives; as the shop is set up when left out.
             */
            days?: number | null;
            /**
             * Name
             * @description What the caller knows it by.
             * @example training log
             */
            name: string;
        };
        /**
         * TokenView
         * @description A session of the caller: a program's (`token`) or a browser's (`cookie`).
         */
        TokenView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Current
             * @description Whether this request came with it.
             */
            current: boolean;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "token" | "cookie";
            /**
             * Name
             * @description Null for sessions that were opened by signing in.
             */
            name: string | null;
            /**
             * Token Id
             * Format: uuid
             */
            token_id: string;
        };
        /**
         * Trace
         * @description How one answer of the Coach came about.
         * @example {
         *       "asked": "and how often?",
         *       "dropped": [],
         *       "engine": "embedded",
         *       "found": true,
         *       "intent": "how_often",
         *       "question": "How often should I oil the Heron Spear?",
         *       "searches": [
         *         {
         *           "hits": [
         *             {
         *               "dense_rank": 1,
         *               "lexical_rank": 2,
         *               "section": "Maintenance > Intervals",
         *               "similarity": 0.71,
         *               "source": "manuals/heron-spear.md"
         *             }
         *           ],
         *           "query": "How often should I oil the Heron Spear?",
         *           "section": "Maintenance",
         *           "weapon": "heron-spear"
         *         }
         *       ],
         *       "used": [
         *         {
         *           "n": 1,
         *           "section": "Maintenance > Intervals",
         *           "source": "manuals/heron-spear.md"
         *         }
         *       ],
         *       "weapon": "heron-spear",
         *       "why": "The manual of the Heron Spear names the interval."
         *     }
         */
        Trace: {
            /**
             * Asked
             * @description The slayer's own words.
             */
            asked: string;
            /**
             * Dropped
             * @description Sentences of a language model that no passage supports.
             * @default []
             */
            dropped: string[];
            /**
             * Engine
             * @enum {string}
             */
            engine: "embedded" | "llm" | "mixed";
            /**
             * Found
             * @description False where the manuals do not say.
             */
            found: boolean;
            /**
             * Intent
             * @description What kind of answer was wanted.
             */
            intent?: string | null;
            /**
             * Question
             * @description The question as it was understood, with what the conversation adds to it.
             */
            question: string;
            /**
             * Searches
             * @default []
             */
            searches: components["schemas"]["TraceSearch"][];
            /**
             * Used
             * @default []
             */
            used: components["schemas"]["TraceUse"][];
            /**
             * Weapon
             * @description Slug of the weapon in question.
             */
            weapon?: string | null;
            /**
             * Why
             * @description Why it was answered so, in one sentence.
             * @default
             */
            why: string;
        };
        /**
         * TraceHit
         * @description A passage that a search found, and its place in each of the two rankings (null: not in it).
         */
        TraceHit: {
            /**
             * Dense Rank
             * @description Place by meaning, from 1.
             */
            dense_rank?: number | null;
            /**
             * Lexical Rank
             * @description Place by words, from 1.
             */
            lexical_rank?: number | null;
            /** Section */
            section: string;
            /**
             * Similarity
             * @description Cosine between question and passage.
             */
            similarity?: number | null;
            /** Source */
            source: string;
        };
        /**
         * TraceList
         * @description How each answer of the Coach in a turn came about; empty where the Coach did not speak.
         */
        TraceList: {
            /** Items */
            items: components["schemas"]["Trace"][];
            /**
             * Model Calls
             * @description What the language model was asked for the turn, the plan included; empty without one.
             * @default []
             */
            model_calls: components["schemas"]["ModelCall"][];
        };
        /**
         * TraceSearch
         * @description A search of the manuals: its words, what it was narrowed down to, and what it found, the best first.
         */
        TraceSearch: {
            /**
             * Hits
             * @default []
             */
            hits: components["schemas"]["TraceHit"][];
            /** Query */
            query: string;
            /**
             * Section
             * @description Section that it was narrowed down to.
             */
            section?: string | null;
            /**
             * Weapon
             * @description Slug of the weapon that it was narrowed down to.
             */
            weapon?: string | null;
        };
        /**
         * TraceUse
         * @description A passage that the answer cites, under its number.
         */
        TraceUse: {
            /** N */
            n: number;
            /** Section */
            section: string;
            /** Source */
            source: string;
        };
        /**
         * TrainingEvent
         * @description Time spent training. ``occurred_at`` is its end; without it, it is put into the latest free time up to now.
         */
        TrainingEvent: {
            /**
             * Event Id
             * @description The reporter's own id; the same id is never counted twice.
             * @example evt-1
             */
            event_id: string;
            /**
             * Minutes
             * @description Minutes trained, 1-1440.
             */
            minutes: number;
            /**
             * Occurred At
             * @description When it happened, up to 48 hours back; now when left out.
             */
            occurred_at?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "training";
        };
        /**
         * TrainingPlanDocument
         * @description A whole plan. ``sources`` are the passages it is made of.
         */
        TrainingPlanDocument: {
            /**
             * Notes
             * @default []
             */
            notes: string[];
            /**
             * Sources
             * @default []
             */
            sources: components["schemas"]["Citation"][];
            /** Title */
            title: string;
            /** Weapon */
            weapon: string | null;
            /** Weeks */
            weeks: components["schemas"]["PlannedWeek"][];
        };
        /**
         * TurnView
         * @description A message and its answer as it was shown.
         */
        TurnView: {
            /** Blocks */
            blocks: {
                [key: string]: unknown;
            }[];
            /** Citations */
            citations: {
                [key: string]: unknown;
            }[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Engine */
            engine: string;
            /** Error */
            error?: string | null;
            /** @description What the slayer said of it, if they did. */
            feedback?: components["schemas"]["FeedbackView"] | null;
            /** Message */
            message: string;
            /** Reply */
            reply: string;
            /** Route */
            route: string[];
            /**
             * Status
             * @description `running`: its answer is still to come, from whichever process of the shop; ask again. Otherwise, but for `done`, there is none, and `error` says why.
             * @enum {string}
             */
            status: "running" | "done" | "failed" | "cancelled";
            /**
             * Turn Id
             * Format: uuid
             */
            turn_id: string;
        };
        /**
         * Value
         * @description What a policy is worth, and what that rests on.
         */
        Value: {
            /**
             * Clipped
             * @description share of the settled places whose weight was clipped
             */
            clipped: number;
            dr: components["schemas"]["Estimate"];
            /**
             * Effective Rows
             * @description Kish's effective sample size of the weights that occurred
             */
            effective_rows: number;
            /**
             * Effective Rows By Design
             * @description the same for all weights that could have occurred
             */
            effective_rows_by_design: number;
            ips: components["schemas"]["Estimate"];
            /** Max Weight */
            max_weight: number;
            /**
             * Mean Weight
             * @description 1 if chances and assumptions hold
             */
            mean_weight: number;
            /**
             * Mean Weight Z
             * @description its distance from 1 in standard errors by design
             */
            mean_weight_z: number;
            /**
             * Model Alone
             * @description what the predictions say without any outcome
             */
            model_alone: number;
            /**
             * Moved
             * @description share of the target's battles with weapons that the log only explored
             */
            moved: number;
            /**
             * Seen
             * @description settled places with such a weapon
             */
            seen: number;
            /** @description none when no settled place holds a weapon of the target */
            snips: components["schemas"]["Estimate"] | null;
            /**
             * Unsupported
             * @description share of the target's battles with weapons that the log could not show
             */
            unsupported: number;
        };
        /**
         * Verdict
         * @description The decision with its reasons.
         */
        Verdict: {
            /** Champion Sha256 */
            champion_sha256?: string | null;
            /** Checks */
            checks: components["schemas"]["Check"][];
            /**
             * Comparison
             * @enum {string}
             */
            comparison: "first" | "better" | "not worse" | "worse";
            /**
             * Decision
             * @enum {string}
             */
            decision: "release" | "hold";
            /**
             * Model Sha256
             * @default
             */
            model_sha256: string;
            /** Reason */
            reason: string;
            /**
             * Slices
             * @description AUC less the champion's, by slice
             */
            slices?: {
                [key: string]: {
                    [key: string]: number;
                };
            };
        };
        /**
         * WeaponPage
         * @description One page of the catalogue.
         */
        WeaponPage: {
            /** Items */
            items: components["schemas"]["WeaponView"][];
            /** Page */
            page: number;
            /** Page Size */
            page_size: number;
            /** Total */
            total: number;
        };
        /**
         * WeaponView
         * @description A weapon as the screen and the API show it. ``weight`` kg, ``sharpness`` 0-100, ``price`` coins.
         */
        WeaponView: {
            /** Name */
            name: string;
            /**
             * Picture
             * @description Address of the weapon's picture (SVG).
             */
            picture: string;
            /** Price */
            price: number;
            /** Rarity */
            rarity: string;
            /** Sharpness */
            sharpness: number;
            /** Slug */
            slug: string;
            /** Stock */
            stock: number;
            /** Styles */
            styles: string[];
            /**
             * Weapon Id
             * Format: uuid
             */
            weapon_id: string;
            /** Weapon Type */
            weapon_type: string;
            /** Weight */
            weight: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    run_agui_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event heard, from a client that comes back. */
                "last-event-id"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunInput"];
            };
        };
        responses: {
            /** @description AG-UI events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @description One AG-UI event. */
                        data: string;
                        /** @description For `Last-Event-ID`, when the connection breaks after this event. */
                        id?: string;
                    };
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_agui_stop_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Run"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    demo_auth_demo_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DemoRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login_auth_login_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout_auth_logout_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password_auth_password_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register_auth_register_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    current_session_auth_session_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tokens_auth_tokens_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token_auth_tokens_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token_auth_tokens__token_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chat_coach_chat_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatAnswer"];
                    "text/event-stream": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plan_list_coach_plans_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_for_plan_coach_plans_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description The plan's state. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plan_state_coach_plans__plan_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_plan_coach_plans__plan_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_events_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BattleEvent"] | components["schemas"]["TrainingEvent"] | components["schemas"]["LoginEvent"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventAnswer"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_batch_events_batch_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAnswer"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_feedback_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_feedback__turn_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_image_generate_image_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaintArgs"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description The first picture's state. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageOrder"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live_health_live_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
        };
    };
    ready_health_ready_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
    image_list_images_get: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImagePage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    image_state_images__image_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_image_images__image_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_image_images__image_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    image_events_images__image_id__events_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    image_file_images__image_id__file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description Not modified. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    image_preview_images__image_id__preview_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                    "image/png": unknown;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    image_thumbnail_images__image_id__thumbnail_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description Not modified. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leading_leaderboard_get: {
        parameters: {
            query?: {
                limit?: number;
                window?: "week" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    manual_manuals__slug__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The weapon's slug, such as heron-spear. */
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manual"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_me_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_me_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeaveRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_me_me_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_achievements_me_achievements_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_days_me_days_get: {
        parameters: {
            query?: {
                /** @description How many days back, today included. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_me_me_export_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalData"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_ledger_me_ledger_get: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: number | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_memories_me_memories_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemoryList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forget_all_me_memories_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forget_me_memories__memory_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memory_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reword_me_memories__memory_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memory_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemoryChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemoryView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_orders_orders_get: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    place_order_orders_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRequest"];
            };
        };
        responses: {
            /** @description Placed before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_order_orders__order_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommend_recommend_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecommendRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendAnswer"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shop_info_shop_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopInfo"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    actions_staff_actions_get: {
        parameters: {
            query?: {
                /** @description How many. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffActions"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_staff_jobs__job_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_staff_jobs__job_id__retry_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    library_staff_library_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models_staff_models_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelBook"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promote_staff_models_promote_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromoteRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelChange"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollback_staff_models_rollback_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollbackRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelChange"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queue_staff_queue_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueBoard"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_staff_report_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NightReport"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    served_staff_served_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServedModel"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    thread_list_threads_get: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: string | null;
                limit?: number;
                /** @description Words to look for in titles, messages and answers; all of them, in any form. `"two words"` stand together, `-word` is left out, `or` is either. Empty lists everything. */
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    thread_threads__thread_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                thread_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadDetail"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_threads__thread_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                thread_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_threads__thread_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                thread_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThreadChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trace_threads__thread_id__turns__turn_id__trace_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                thread_id: string;
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    weapons_weapons_get: {
        parameters: {
            query?: {
                max_price?: number | null;
                max_weight?: number | null;
                min_price?: number | null;
                min_weight?: number | null;
                page?: number;
                page_size?: number;
                /** @description Part of a name or type. */
                q?: string | null;
                rarity?: string | null;
                sort?: "name" | "price" | "-price" | "sharpness" | "weight" | "-weight";
                /** @description A breathing style it matches. */
                style?: string | null;
                type?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WeaponPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    weapon_weapons__weapon_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                weapon_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WeaponView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    picture_weapons__weapon_id__picture_svg_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                weapon_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": unknown;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
